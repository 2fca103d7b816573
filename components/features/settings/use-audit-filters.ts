"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useDebounced } from "@/lib/browser/use-debounced";
import { type AuditFilters, readAuditFilters, writeAuditFilters } from "./audit-filters";

const SETTLE_MS = 250;
const NONE: AuditFilters = { by: "", action: "", from: "", to: "", search: "" };

/** Filters that live in the address. `typed` stands in the search box; the search follows when typing has settled. */
export function useAuditFilters() {
  const path = usePathname();
  const filters = readAuditFilters(useSearchParams());
  const [typed, setTyped] = useState(filters.search);
  const settled = useDebounced(typed, SETTLE_MS).trim();
  const latest = useRef(filters);
  latest.current = filters;
  const apply = (next: AuditFilters) => window.history.replaceState(null, "", path + writeAuditFilters(next));
  useEffect(() => {
    const { current } = latest;
    if (settled === current.search) return;
    window.history.replaceState(null, "", path + writeAuditFilters({ ...current, search: settled }));
  }, [settled, path]);
  const change = (patch: Partial<AuditFilters>) => apply({ ...filters, ...patch });
  const clear = () => {
    setTyped("");
    apply(NONE);
  };
  return { filters, typed, setTyped, change, clear };
}
