"use client";

import { useState } from "react";

/**
 * Whether a saved setting is another than when the page was opened (undefined while it loads), by whomever. `forget`
 * takes what stands there now as the new beginning.
 */
export function useSavedChange(saved: unknown): { isChanged: boolean; forget: () => void } {
  const now = saved === undefined ? null : JSON.stringify(saved);
  const [seen, setSeen] = useState<string | null>(null);
  if (seen === null && now !== null) setSeen(now);
  return { isChanged: seen !== null && now !== null && seen !== now, forget: () => setSeen(now) };
}
