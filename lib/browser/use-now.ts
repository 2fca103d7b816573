"use client";

import { useSyncExternalStore } from "react";

type Clock = { subscribe: (listener: () => void) => () => void; read: () => number };
const clocks = new Map<number, Clock>();

/** A clock stands still while nobody looks; its functions never change, or every render would subscribe anew. */
function makeClock(everyMs: number): Clock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const tell of listeners) tell();
  };
  return {
    read: () => now,
    subscribe: (listener) => {
      listeners.add(listener);
      // Fresh after a pause of more than one beat, or the first look at a page would show the past
      if (timer === undefined && Date.now() - now >= everyMs) tick();
      timer ??= setInterval(tick, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

function clockOf(everyMs: number): Clock {
  const known = clocks.get(everyMs);
  if (known) return known;
  const made = makeClock(everyMs);
  clocks.set(everyMs, made);
  return made;
}

/** The time in epoch ms, moving every `everyMs`; 0 on the server. All users of one rhythm share one timer: 200 rows tick once. */
export function useNow(everyMs = 15_000): number {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(clock.subscribe, clock.read, () => 0);
}
