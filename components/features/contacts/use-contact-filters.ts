"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { useDebounced } from "@/lib/browser/use-debounced";
import { type ContactFilters, readFilters, writeFilters } from "./contact-filters";

/** Time after the last keystroke until the search runs, ms. */
const SETTLE_MS = 250;

/**
 * Filters that live in the URL, so that a view can be shared. `typed` is what stands in the box; `filters.search` follows
 * once typing has settled. History is replaced, not added to: Back leaves the list instead of undoing letters.
 */
export function useContactFilters() {
  const params = useSearchParams();
  const path = usePathname();
  const filters = readFilters(params);
  const [typed, setTyped] = useState(filters.search);
  const settled = useDebounced(typed, SETTLE_MS);
  const written = useRef(filters.search);

  const apply = useCallback(
    (next: ContactFilters) => {
      written.current = next.search.trim();
      window.history.replaceState(null, "", path + writeFilters(next));
    },
    [path],
  );

  const state = filters.state;
  useEffect(() => {
    if (settled.trim() !== written.current) apply({ search: settled, state });
  }, [settled, state, apply]);

  // The URL moved without us (Back, a link in the navigation): the box follows.
  useEffect(() => {
    if (filters.search === written.current) return;
    written.current = filters.search;
    setTyped(filters.search);
  }, [filters.search]);

  const setState = (next: ContactFilters["state"]) => apply({ search: typed, state: next });
  const clearSearch = () => {
    setTyped("");
    apply({ search: "", state });
  };
  return { filters, typed, setTyped, setState, clearSearch };
}
