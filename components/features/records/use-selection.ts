"use client";

import { useCallback, useMemo, useRef, useState } from "react";

/** As many as the API takes at once. */
export const MOST_SELECTED = 1_000;

export type Selection = {
  ids: ReadonlySet<string>;
  /** Adds or takes away one row; with `extend` everything between the last one and this becomes like it */
  toggle: (index: number, extend: boolean) => void;
  /** Replaces the selection; at most 1,000 are kept */
  set: (ids: readonly string[]) => void;
  clear: () => void;
};

/** Which rows are ticked, by id: they stay ticked while the list is read again. `rowIds`: the rows in their order. */
export function useSelection(rowIds: readonly string[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const set = useCallback((next: readonly string[]) => setIds(new Set(next.slice(0, MOST_SELECTED))), []);
  const clear = useCallback(() => {
    anchor.current = null;
    setIds(new Set());
  }, []);
  const toggle = useCallback(
    (index: number, extend: boolean) => {
      const id = rowIds[index];
      if (id === undefined) return;
      const from = extend && anchor.current !== null ? rowIds.indexOf(anchor.current) : -1;
      setIds((now) => changeSelection(now, rowIds, from === -1 ? index : from, index, from !== -1));
      anchor.current = id;
    },
    [rowIds],
  );
  return useMemo(() => ({ ids, toggle, set, clear }), [ids, toggle, set, clear]);
}

/** The rows from `from` to `to` become ticked when `extend`, else the one row turns round. At most 1,000 are kept. */
export function changeSelection(
  now: ReadonlySet<string>,
  rowIds: readonly string[],
  from: number,
  to: number,
  extend: boolean,
): ReadonlySet<string> {
  const next = new Set(now);
  const touched = rowIds.slice(Math.min(from, to), Math.max(from, to) + 1);
  const isTaking = !extend && touched.every((id) => now.has(id));
  for (const id of touched) {
    if (isTaking) next.delete(id);
    else if (next.size < MOST_SELECTED) next.add(id);
  }
  return next;
}
