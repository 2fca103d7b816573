"use client";

import { type ReactNode, useState } from "react";

type FoldedListProps<T> = {
  items: readonly T[];
  /** How many are shown before the rest is folded */
  first: number;
  moreLabel: (count: number) => string;
  lessLabel: string;
  /** One row: a `li` with its key */
  children: (item: T) => ReactNode;
};

/** A framed list of which the first rows are shown, and a button for the rest. */
export function FoldedList<T>({ items, first, moreLabel, lessLabel, children }: FoldedListProps<T>) {
  const [all, setAll] = useState(false);
  const more = items.length - first;
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <ul className="divide-y divide-line">{(all ? items : items.slice(0, first)).map(children)}</ul>
      {more > 0 && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="h-7 w-full border-line border-t text-ink-faint text-xs hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
        >
          {all ? lessLabel : moreLabel(more)}
        </button>
      )}
    </div>
  );
}
