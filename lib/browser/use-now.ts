"use client";

import { useSyncExternalStore } from "react";

type Clock = { now: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | undefined };
const clocks = new Map<number, Clock>();

function clockOf(everyMs: number): Clock {
  const known = clocks.get(everyMs);
  if (known) return known;
  const made: Clock = { now: Date.now(), listeners: new Set(), timer: undefined };
  clocks.set(everyMs, made);
  return made;
}

function subscribe(everyMs: number, listener: () => void): () => void {
  const clock = clockOf(everyMs);
  clock.listeners.add(listener);
  clock.timer ??= setInterval(() => {
    clock.now = Date.now();
    for (const tell of clock.listeners) tell();
  }, everyMs);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    clearInterval(clock.timer);
    clocks.delete(everyMs);
  };
}

/** The time in epoch ms, moving every `everyMs`; all users of one rhythm share one timer, so a table of 200 rows ticks once. */
export function useNow(everyMs = 15_000): number {
  return useSyncExternalStore(
    (listener) => subscribe(everyMs, listener),
    () => clockOf(everyMs).now,
    () => 0,
  );
}
