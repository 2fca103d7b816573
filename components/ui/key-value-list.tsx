import clsx from "clsx";
import type { ReactNode } from "react";

export type KeyValue = { key: string; label: ReactNode; value: ReactNode };

/** Names left, values right, one hairline between rows. */
export function KeyValueList({ items, className }: { items: readonly KeyValue[]; className?: string }) {
  return (
    <dl className={clsx("text-sm", className)}>
      {items.map((item) => (
        <div
          key={item.key}
          className="flex min-h-9 items-center justify-between gap-4 border-line border-b py-1.5 last:border-b-0"
        >
          <dt className="min-w-0 text-ink-faint">{item.label}</dt>
          <dd className="max-w-[70%] shrink-0 break-words text-right text-ink tabular-nums">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
