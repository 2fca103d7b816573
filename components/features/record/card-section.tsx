"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

type CardSectionProps = {
  title: ReactNode;
  note?: ReactNode;
  /** Folded or unfolded to begin with; without it the section does not fold */
  initiallyOpen?: boolean;
  children: ReactNode;
};

/** A part of the card under a hairline; folds when `initiallyOpen` is given. */
export function CardSection({ title, note, initiallyOpen, children }: CardSectionProps) {
  const id = useId();
  const [open, setOpen] = useState(initiallyOpen ?? true);
  const head = "flex min-h-11 w-full items-center gap-2 px-4 py-2 text-left sm:px-5";
  return (
    <section aria-labelledby={`${id}-title`} className="border-line border-t">
      {initiallyOpen === undefined ? (
        <div className={head}>
          <SectionTitle id={id} title={title} note={note} />
        </div>
      ) : (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={`${id}-body`}
          onClick={() => setOpen(!open)}
          className={clsx(head, "hover:bg-hover focus-visible:-outline-offset-2")}
        >
          <ChevronRight
            className={clsx("size-4 shrink-0 text-ink-faint transition-transform", open && "rotate-90")}
            aria-hidden
          />
          <SectionTitle id={id} title={title} note={note} />
        </button>
      )}
      <div id={`${id}-body`} hidden={!open}>
        {children}
      </div>
    </section>
  );
}

function SectionTitle({ id, title, note }: { id: string; title: ReactNode; note?: ReactNode }) {
  return (
    <>
      <h3 id={`${id}-title`} className="font-semibold text-sm">
        {title}
      </h3>
      {note && <span className="ml-auto text-right text-ink-faint text-xs tabular-nums">{note}</span>}
    </>
  );
}
