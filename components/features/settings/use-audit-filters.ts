"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useDebounced } from "@/lib/browser/use-debounced";
import { useUrlParams } from "@/lib/browser/use-url-params";
import { type AuditFilters, readAuditFilters, writeAuditFilters } from "./audit-filters";

const SETTLE_MS = 250;
const NONE: AuditFilters = { by: "", action: "", from: "", to: "", search: "" };

/**
 * Filters that live in the address. `typed` stands in the search box; the search follows when typing has settled, and the
 * box follows when the address moves without us (Back, a link).
 */
export function useAuditFilters() {
  const { params, replace } = useUrlParams();
  const filters = readAuditFilters(params);
  const { search } = filters;
  const [typed, setTyped] = useState(search);
  const settled = useDebounced(typed, SETTLE_MS).trim();
  const written = useRef(search);
  const latest = useRef(filters);
  useEffect(() => {
    latest.current = filters;
  });

  const apply = useCallback(
    (next: AuditFilters) => {
      written.current = next.search;
      replace(writeAuditFilters(next));
    },
    [replace],
  );

  // Only when typing settles: another filter that moves meanwhile must not bring an older search back.
  useEffect(() => {
    if (settled !== written.current) apply({ ...latest.current, search: settled });
  }, [settled, apply]);

  useEffect(() => {
    if (search === written.current) return;
    written.current = search;
    setTyped(search);
  }, [search]);

  const change = (patch: Partial<AuditFilters>) => apply({ ...filters, ...patch, search: typed.trim() });
  const clear = () => {
    setTyped("");
    apply(NONE);
  };
  return { filters, typed, setTyped, change, clear };
}
