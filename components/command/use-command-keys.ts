"use client";

import { useEffect } from "react";

/** ⌘K or Ctrl K, wherever the focus is. */
export function useCommandKeys(toggle: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const withOne = (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
      if (!withOne || event.isComposing || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      toggle();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [toggle]);
}
