import clsx from "clsx";
import type { ReactNode } from "react";
import { TONE_SOLID, type Tone } from "./tone";

type FilterChipProps = {
  pressed: boolean;
  onPress: () => void;
  label: string;
  count?: ReactNode;
  tone?: Tone;
};

/** One filter that is on or off; the dot and the word carry the state together. */
export function FilterChip({ pressed, onPress, label, count, tone }: FilterChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={clsx(
        "inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 text-xs transition-colors",
        pressed
          ? "border-ink bg-ink font-medium text-ink-inverse"
          : "border-line-strong bg-surface text-ink-soft hover:bg-hover hover:text-ink",
      )}
    >
      {tone && <span className={clsx("size-1.5 rounded-full", TONE_SOLID[tone])} aria-hidden />}
      {label}
      {count !== undefined && (
        <span className={clsx("tabular-nums", pressed ? "text-ink-inverse/75" : "text-ink-faint")}>{count}</span>
      )}
    </button>
  );
}
