import { z } from "zod";
import type { Random } from "./random";

const faultSchema = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      /** A substring of path and query, or a regular expression. */
      path: z.string().optional(),
      nth: z.number().int().positive().optional(),
      every: z.number().int().positive().optional(),
      probability: z.number().min(0).max(1).optional(),
    })
    .default({}),
  do: z.strictObject({
    status: z.number().int().min(200).max(599).optional(),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    delayMs: z.number().int().nonnegative().optional(),
    drop: z.enum(["before", "after"]).optional(),
    halfBody: z.boolean().optional(),
    html: z.boolean().optional(),
  }),
});

/** The list that `PUT /__sandbox/faults` takes. */
export const faultsSchema = z.array(faultSchema);
export type Fault = z.infer<typeof faultSchema>;
export type FaultEffect = Fault["do"];

type Armed = { fault: Fault; pattern: RegExp | undefined; seen: number };

function compilePattern(path: string | undefined): RegExp | undefined {
  if (path === undefined) return undefined;
  try {
    return new RegExp(path);
  } catch {
    return undefined;
  }
}

/** The faults in force. Each counts its own matching calls since it was set. */
export class FaultList {
  private armed: Armed[] = [];

  constructor(private readonly random: Random) {}

  /** Replaces all faults; counting starts again at 0. */
  set(faults: Fault[]): void {
    this.armed = faults.map((fault) => ({ fault, pattern: compilePattern(fault.match.path), seen: 0 }));
  }

  /** The effect of the first fault that strikes this call, or undefined. `target` = path with query. */
  find(method: string, target: string): FaultEffect | undefined {
    let struck: FaultEffect | undefined;
    for (const entry of this.armed) {
      if (!matches(entry, method, target)) continue;
      entry.seen++;
      if (struck === undefined && this.strikes(entry)) struck = entry.fault.do;
    }
    return struck;
  }

  private strikes({ fault: { match }, seen }: Armed): boolean {
    if (match.nth !== undefined && seen !== match.nth) return false;
    if (match.every !== undefined && seen % match.every !== 0) return false;
    return match.probability === undefined || this.random.chance(match.probability);
  }
}

function matches({ fault: { match }, pattern }: Armed, method: string, target: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  return target.includes(match.path) || pattern?.test(target) === true;
}
