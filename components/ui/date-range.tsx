"use client";

import { Input } from "./input";

/** Days as `YYYY-MM-DD`; empty = open on this side. */
type Days = { from: string; to: string };

type DateRangeProps = Days & {
  fromLabel: string;
  toLabel: string;
  onChange: (patch: Partial<Days>) => void;
};

/** Two days, neither of which can be chosen past the other. */
export function DateRange({ from, to, fromLabel, toLabel, onChange }: DateRangeProps) {
  return (
    <div className="flex items-center gap-1.5 max-sm:w-full">
      <Input
        type="date"
        aria-label={fromLabel}
        title={fromLabel}
        value={from}
        max={to || undefined}
        onChange={(event) => onChange({ from: event.target.value })}
        className="min-w-0 flex-1 sm:w-34"
      />
      <span aria-hidden className="text-ink-faint">
        –
      </span>
      <Input
        type="date"
        aria-label={toLabel}
        title={toLabel}
        value={to}
        min={from || undefined}
        onChange={(event) => onChange({ to: event.target.value })}
        className="min-w-0 flex-1 sm:w-34"
      />
    </div>
  );
}
