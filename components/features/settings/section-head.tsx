import type { ReactNode } from "react";

type SectionHeadProps = { title: ReactNode; note?: ReactNode; actions?: ReactNode };

/** The head of a settings page: what stands here, and what one can do. */
export function SectionHead({ title, note, actions }: SectionHeadProps) {
  return (
    <header className="mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h2 className="font-semibold text-base text-ink">{title}</h2>
        {note && <p className="text-ink-soft text-sm">{note}</p>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
