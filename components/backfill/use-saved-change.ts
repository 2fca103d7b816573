"use client";

import { useState } from "react";
import { keepInTab, readInTab } from "./tab-memory";

/**
 * Whether a saved setting is another than when this tab first saw it (undefined while it loads), by whomever; also after a
 * reload. `forget` takes what stands there now as the new beginning.
 *
 * @param name what is watched, unique in the app
 */
export function useSavedChange(name: string, saved: unknown): { isChanged: boolean; forget: () => void } {
  const now = saved === undefined ? null : JSON.stringify(saved);
  const [seen, setSeen] = useState<string | null>(null);
  if (seen === null && now !== null) {
    const before = readInTab(name);
    if (before === null) keepInTab(name, now);
    setSeen(before ?? now);
  }
  return {
    isChanged: seen !== null && now !== null && seen !== now,
    forget: () => {
      if (now !== null) keepInTab(name, now);
      setSeen(now);
    },
  };
}
