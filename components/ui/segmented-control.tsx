"use client";

import clsx from "clsx";
import { type ReactNode, useId } from "react";

export type Segment<V extends string> = { value: V; label: ReactNode };

type SegmentedControlProps<V extends string> = {
  value: V;
  onChange: (value: V) => void;
  segments: readonly Segment<V>[];
  label: string;
  disabled?: boolean;
  className?: string;
};

/** Two to four choices side by side; a radio group underneath, so arrow keys work as everywhere. */
export function SegmentedControl<V extends string>(props: SegmentedControlProps<V>) {
  const { value, onChange, segments, label, disabled, className } = props;
  const name = useId();
  return (
    <fieldset
      disabled={disabled}
      className={clsx("inline-flex max-w-full flex-wrap rounded-md border border-line bg-hover p-0.5", className)}
    >
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          className={clsx(
            "relative flex h-6 flex-1 cursor-pointer items-center justify-center gap-1.5 whitespace-nowrap rounded-sm px-2 text-xs transition-colors",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:opacity-60",
            segment.value === value
              ? "bg-raised font-medium text-ink ring-1 ring-line-strong"
              : "text-ink-soft hover:text-ink",
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          {segment.label}
        </label>
      ))}
    </fieldset>
  );
}
