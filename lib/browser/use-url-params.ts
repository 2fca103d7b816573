"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/**
 * The query of the page's address as its state, so that a view can be shared and survives a reload. Setting a name to null
 * takes it out. History is replaced, not added to: Back leaves the page instead of undoing filters.
 */
export function useUrlParams() {
  const params = useSearchParams();
  const path = usePathname();
  const setParams = useCallback(
    (changes: Record<string, string | null>) => {
      // Not `params`: two changes in one moment would undo each other.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === "") next.delete(name);
        else next.set(name, value);
      }
      const text = next.toString();
      window.history.replaceState(null, "", text === "" ? path : `${path}?${text}`);
    },
    [path],
  );
  return { params, setParams };
}
