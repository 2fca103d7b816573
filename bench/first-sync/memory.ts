import { existsSync, readdirSync, readFileSync } from "node:fs";

const LOOK_EVERY_MS = 250;

/**
 * Highest resident memory so far of a process and its children, in MB: the kernel's own high-water mark (VmHWM), which
 * misses no peak between two looks. null where there is no /proc (not Linux). A child that has ended is not counted.
 */
export function readPeakMemory(pid: number): number | null {
  if (!existsSync("/proc/self/status")) return null;
  return [pid, ...listDescendants(pid)].reduce((sum, one) => sum + readHighWater(one), 0);
}

function readHighWater(pid: number): number {
  return readField(pid, "VmHWM");
}

function readField(pid: number, name: "VmHWM" | "VmRSS"): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readOrNothing(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

export type MemoryWatch = { readPeak(): number; stop(): void };

/** Watches what these processes, without children, hold together at one time, in MB; 0 where there is no /proc. */
export function watchMemory(pids: readonly number[]): MemoryWatch {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(
      peak,
      pids.reduce((sum, pid) => sum + readField(pid, "VmRSS"), 0),
    );
  }, LOOK_EVERY_MS);
  timer.unref();
  return { readPeak: () => peak, stop: () => clearInterval(timer) };
}

function listDescendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const parent = /^PPid:\s+(\d+)/m.exec(/^\d+$/.test(name) ? readOrNothing(`/proc/${name}/status`) : "")?.[1];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const isBelow = (one: number): boolean => {
    for (let up = parents.get(one); up !== undefined && up > 1; up = parents.get(up)) if (up === pid) return true;
    return false;
  };
  return [...parents.keys()].filter(isBelow);
}

/** A process may end between being listed and being read. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
