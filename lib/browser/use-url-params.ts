"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function listen(onChange: () => void): () => void {
  listeners.add(onChange);
  window.addEventListener("popstate", onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener("popstate", onChange);
  };
}

/** Writes the query of the page's address without asking the server for the page again; every `useUrlParams` follows. */
function write(query: URLSearchParams, step: "replaceState" | "pushState"): void {
  const text = query.toString();
  const path = window.location.pathname;
  window.history[step](null, "", text === "" ? path : `${path}?${text}`);
  for (const onChange of listeners) onChange();
}

/**
 * The query of the page's address as its state, so that a view can be shared and survives a reload. It is read from the
 * address bar, not from Next's router: a press while the page hydrates moves the address and the router never hears of it.
 * `setParams` changes some names (null takes one out), `replace` writes them all, both in place of the present entry of the
 * history: Back leaves the page instead of undoing filters. `push` adds an entry.
 */
export function useUrlParams() {
  const path = usePathname();
  const routed = useSearchParams().toString();
  // While the router changes pages the address is still that of the page before.
  const read = () =>
    window.location.pathname === path ? new URLSearchParams(window.location.search).toString() : routed;
  const text = useSyncExternalStore(listen, read, () => routed);
  const params = useMemo(() => new URLSearchParams(text), [text]);
  const replace = useCallback((query: URLSearchParams) => write(query, "replaceState"), []);
  const push = useCallback((query: URLSearchParams) => write(query, "pushState"), []);
  const setParams = useCallback((changes: Record<string, string | null>) => {
    // Not `params`: two changes in one moment would undo each other.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    write(next, "replaceState");
  }, []);
  return { params, setParams, replace, push };
}
