import { z } from "zod";
import type { VirtualClock } from "./clock";

/** What a sandbox enforces: calls per 10 s (associations apart), per day, searches per second; `latencyMs` and `indexLagMs` in milliseconds. */
export const limitsSchema = z.strictObject({
  enforce: z.boolean(),
  perTenSeconds: z.number().int().nonnegative(),
  daily: z.number().int().nonnegative(),
  searchPerSecond: z.number().int().nonnegative(),
  /** HubSpot's own limit of the associations API; 0 = none. */
  associationsPerTenSeconds: z.number().int().nonnegative(),
  latencyMs: z.number().int().nonnegative(),
  indexLagMs: z.number().int().nonnegative(),
});
export type Limits = z.infer<typeof limitsSchema>;

/** HubSpot Professional numbers; search results lag by 1 s because the real index does too. */
export const HUBSPOT_LIMITS: Limits = {
  enforce: true,
  perTenSeconds: 190,
  daily: 1_000_000,
  searchPerSecond: 5,
  associationsPerTenSeconds: 150,
  latencyMs: 0,
  indexLagMs: 1000,
};

/** Salesforce counts calls per day only; 0 in the two other places means "no such limit". */
export const SALESFORCE_LIMITS: Limits = {
  enforce: true,
  perTenSeconds: 0,
  daily: 100_000,
  searchPerSecond: 0,
  associationsPerTenSeconds: 0,
  latencyMs: 0,
  indexLagMs: 1000,
};

/** The limits in force, and the defaults that a reset goes back to. */
export class LimitSettings {
  current: Limits;

  constructor(private readonly defaults: Limits) {
    this.current = { ...defaults };
  }

  /** Changes the given settings only. */
  change(part: Partial<Limits>): Limits {
    this.current = { ...this.current, ...part };
    return this.current;
  }

  reset(): void {
    this.current = { ...this.defaults };
  }
}

/** Counts calls per key in a window that rolls with time. */
export class RollingWindow {
  private readonly hits = new Map<string, number[]>();

  constructor(
    private readonly clock: VirtualClock,
    private readonly lengthMs: number,
  ) {}

  /** How many calls of `key` fall in the window that ends now. */
  used(key: string): number {
    return this.recent(key).length;
  }

  /** Takes one call for `key` if fewer than `max` are in the window; false = refused, and not counted. */
  take(key: string, max: number): boolean {
    const recent = this.recent(key);
    if (recent.length >= max) return false;
    recent.push(this.clock.now());
    return true;
  }

  clear(): void {
    this.hits.clear();
  }

  private recent(key: string): number[] {
    const now = this.clock.now();
    const since = now - this.lengthMs;
    // A clock set back would leave hits in the future, which could never run out: drop those too.
    const kept = (this.hits.get(key) ?? []).filter((at) => at > since && at <= now);
    this.hits.set(key, kept);
    return kept;
  }
}
