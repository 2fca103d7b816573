import { z } from "zod";

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const byReason = z.object({ check: count, sync: count, manual: count, job: count });

/** GET /api/budget: Salesforce calls of the last 24 h (spec Q1). Hours are counted whole, so it may be up to 25. */
export const budgetSchema = z.object({
  used: count,
  /** What Kakehashi may use in 24 h; null: nothing is set and Salesforce has not told the org's limit yet */
  allocation: count.nullable(),
  /** Set by a person; false: 80 % of the org's limit */
  isSet: z.boolean(),
  /** The part of the allocation that only syncs by hand may use */
  reserved: count.nullable(),
  /** Work that nobody waits for stands still until there is room */
  waiting: z.boolean(),
  /** When the oldest counted hour falls out, while waiting */
  roomAt: instant.nullable(),
  /** The whole org by Salesforce's own word, everybody's calls included */
  org: z.object({ used: count, max: count, seenAt: instant }).nullable(),
  hours: z.array(z.object({ at: instant, calls: count, byReason })),
  byReason,
  byObject: z.array(z.object({ object: z.string(), calls: count })),
  /** Whether Salesforce's change events are heard (spec T18); null: nobody ever listened */
  events: z
    .object({
      state: z.enum(["off", "listening", "limit_reached", "not_allowed", "unreachable"]),
      /** Salesforce's own words, or the channels that it refused */
      detail: z.string(),
      retryAt: instant.nullable(),
      lastEventAt: instant.nullable(),
    })
    .nullable(),
});
export type BudgetView = z.infer<typeof budgetSchema>;
