"use client";

import { useEffect, useRef, useState } from "react";
import { useDebounced } from "@/lib/browser/use-debounced";
import { useUrlParams } from "@/lib/browser/use-url-params";
import { type HealthView, type PanelTarget, readHealthView } from "./health-filters";

/** Time after the last keystroke until the search runs, ms. */
const SETTLE_MS = 250;

/** The page's filters and its open panel, kept in the address. `typed` stands in the search box; the search follows it. */
export function useHealthView() {
  const { params, setParams } = useUrlParams();
  const view = readHealthView(params);
  const { search } = view;
  const [typed, setTyped] = useState(search);
  const settled = useDebounced(typed, SETTLE_MS).trim();
  const written = useRef(search);

  useEffect(() => {
    if (settled === written.current) return;
    written.current = settled;
    setParams({ search: settled });
  }, [settled, setParams]);

  // The address moved without us (Back, a link): the box follows.
  useEffect(() => {
    if (search === written.current) return;
    written.current = search;
    setTyped(search);
  }, [search]);

  const narrow = (patch: Partial<Pick<HealthView, "object" | "side" | "state">>) => {
    const next = { ...view, ...patch };
    setParams({ in: next.object, by: next.side, state: next.state === "open" ? null : next.state });
  };
  const openPanel = (target: PanelTarget | null) =>
    setParams({ type: target?.type ?? null, object: target?.object ?? null, side: target?.side ?? null, job: null });
  const clear = () => {
    written.current = "";
    setTyped("");
    setParams({ search: null, in: null, by: null });
  };
  return { view, typed, setTyped, narrow, openPanel, clear };
}
