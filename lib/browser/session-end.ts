"use client";

import { useSyncExternalStore } from "react";

let hasEnded = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (next === hasEnded) return;
  hasEnded = next;
  for (const tell of listeners) tell();
}

/** The server does not know any more who asks. The page stays as it is, with all that was typed; the shell asks to sign in. */
export const noteSessionEnd = () => set(true);

/** The server knows who asks. */
export const noteSession = () => set(false);

export const isSessionOver = () => hasEnded;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the session ended while the page was open. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(subscribe, isSessionOver, () => false);
}
