"use client";

import { useCallback, useSyncExternalStore } from "react";
import { readTheme, THEME_COOKIE, type Theme } from "@/lib/browser/theme";
import { writeCookie } from "@/lib/browser/write-cookie";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The chosen theme and its setter; the choice lives on <html data-theme> and in a cookie. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    subscribe,
    () => readTheme(document.documentElement.dataset.theme),
    () => "system" as const,
  );
  const choose = useCallback((next: Theme) => {
    document.documentElement.dataset.theme = next;
    writeCookie(THEME_COOKIE, next);
    for (const tell of listeners) tell();
  }, []);
  return [theme, choose];
}
