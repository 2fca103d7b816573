"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useDebounced } from "@/lib/browser/use-debounced";
import { useUrlParams } from "@/lib/browser/use-url-params";
import { type RecordFilters, readFilters, toParams } from "./record-filters";

/** Time after the last keystroke until the search runs, ms. */
const SETTLE_MS = 250;

/**
 * Filters that live in the URL, so that a view can be shared. `typed` is what stands in the box; `filters.search` follows
 * once typing has settled. History is replaced, not added to: Back leaves the list instead of undoing letters.
 * `change` keeps what is typed; `open` replaces everything, the search box too.
 */
export function useRecordFilters() {
  const { params, replace } = useUrlParams();
  const filters = readFilters(params);
  const [typed, setTyped] = useState(filters.search);
  const settled = useDebounced(typed, SETTLE_MS);
  const written = useRef(filters.search);
  const latest = useRef(filters);
  latest.current = filters;

  const apply = useCallback(
    (next: RecordFilters) => {
      written.current = next.search.trim();
      replace(toParams(next));
    },
    [replace],
  );

  useEffect(() => {
    if (settled.trim() !== written.current) apply({ ...latest.current, search: settled });
  }, [settled, apply]);

  // The URL moved without us (Back, a link in the navigation): the box follows.
  useEffect(() => {
    if (filters.search === written.current) return;
    written.current = filters.search;
    setTyped(filters.search);
  }, [filters.search]);

  const change = (some: Partial<RecordFilters>) => {
    if (some.search !== undefined) setTyped(some.search);
    apply({ ...filters, search: typed, ...some });
  };
  const open = (next: RecordFilters) => {
    setTyped(next.search);
    apply(next);
  };
  return { filters, typed, setTyped, change, open };
}
