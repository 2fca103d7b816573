"use client";

import { Select as Base } from "@base-ui/react/select";
import clsx from "clsx";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import type { FieldControl } from "./field";
import { INPUT_CLASS } from "./input";

export type SelectOption<V extends string> = { value: V; label: string; hint?: ReactNode; disabled?: boolean };

type SelectProps<V extends string> = {
  value: V;
  onChange: (value: V) => void;
  options: readonly SelectOption<V>[];
  control?: FieldControl;
  label?: string;
  disabled?: boolean;
  className?: string;
};

/** One choice of a few. Give `control` (inside a `Field`) or `label`. Typing jumps to an option. */
export function Select<V extends string>({
  value,
  onChange,
  options,
  control,
  label,
  disabled,
  className,
}: SelectProps<V>) {
  return (
    <Base.Root
      value={value}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      onValueChange={(next) => next !== null && onChange(next as V)}
      disabled={disabled ?? false}
    >
      <Base.Trigger
        {...control}
        aria-label={label}
        className={clsx(INPUT_CLASS, "flex h-8 cursor-default items-center justify-between gap-2 text-left", className)}
      >
        <span className="truncate">
          <Base.Value />
        </span>
        <Base.Icon className="text-ink-faint">
          <ChevronsUpDown className="size-3.5" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-60">
          <Base.Popup className="overlay-pop max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-lg bg-raised p-1 shadow-overlay">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="grid cursor-default grid-cols-[16px_1fr] items-start gap-2 rounded-md px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover data-disabled:opacity-50"
                >
                  <Base.ItemIndicator className="col-start-1 pt-0.5">
                    <Check className="size-4 text-accent" aria-hidden />
                  </Base.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint && <span className="block text-ink-faint text-xs">{option.hint}</span>}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
