import type { ReactNode } from "react";

/** A setting: what it is about left, the choice right; stacked on narrow screens. */
export function SettingRow({ label, hint, children }: { label: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-14 flex-col justify-center gap-x-8 gap-y-2 border-line border-b py-3 last:border-b-0 sm:flex-row sm:items-center sm:justify-between">
      <div className="min-w-0">
        <div className="font-medium text-sm">{label}</div>
        {hint && <div className="text-ink-faint text-xs">{hint}</div>}
      </div>
      <div className="shrink-0">{children}</div>
    </div>
  );
}
