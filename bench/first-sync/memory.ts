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

/** `taken`: what they take of the machine, which holds only once what both map (the Node program, 50 MB). */
export type TogetherMemory = { resident: number; taken: number };
export type MemoryWatch = { readPeak(): TogetherMemory; stop(): void };

/** Watches what these processes, without children, hold together at one time, in MB; 0 where there is no /proc. */
export function watchMemory(pids: readonly number[]): MemoryWatch {
  const peak = { resident: 0, taken: 0 };
  const sum = (read: (pid: number) => number) => pids.reduce((total, pid) => total + read(pid), 0);
  const timer = setInterval(() => {
    const [resident, own] = [sum((pid) => readField(pid, "VmRSS")), sum(readOwn)];
    const shared = Math.max(...pids.map((pid) => readField(pid, "VmRSS") - readOwn(pid)));
    peak.resident = Math.max(peak.resident, resident);
    peak.taken = Math.max(peak.taken, own + shared);
  }, LOOK_EVERY_MS);
  timer.unref();
  return { readPeak: () => peak, stop: () => clearInterval(timer) };
}

/** Pages that no other process maps, in MB. */
function readOwn(pid: number): number {
  const kilobytes = readOrNothing(`/proc/${pid}/smaps_rollup`).matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm);
  return [...kilobytes].reduce((total, [, size]) => total + Number(size) / 1024, 0);
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
