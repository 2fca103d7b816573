"use client";

import { useState } from "react";

/** Records that are ticked. A record that left the list, because it healed, is not ticked any more. */
export function useChosen(shown: readonly string[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const ids = [...new Set(shown)].filter((id) => ticked.has(id));
  const toggle = (id: string) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  const isAll = ids.length > 0 && ids.length === new Set(shown).size;
  const toggleAll = () => setTicked(isAll ? new Set() : new Set(shown));
  return { ids, has: (id: string) => ticked.has(id), toggle, isAll, toggleAll, clear: () => setTicked(new Set()) };
}

export type Chosen = ReturnType<typeof useChosen>;
