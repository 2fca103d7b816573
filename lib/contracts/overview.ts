import { z } from "zod";
import { recordStateSchema } from "./records";

const instant = z.iso.datetime();

/** How the overview sums objects up */
export const OBJECT_GROUPS = ["contact", "company", "deal", "activity"] as const;
export type ObjectGroup = (typeof OBJECT_GROUPS)[number];

export const runSchema = z.object({
  id: z.string(),
  kind: z.enum(["check", "manual", "events", "job"]),
  by: z.string().nullable(),
  status: z.enum(["running", "done", "failed", "interrupted"]),
  startedAt: instant,
  finishedAt: instant.nullable(),
  due: z.number().int(),
  synced: z.number().int(),
  created: z.number().int(),
  updatedHubspot: z.number().int(),
  updatedSalesforce: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  excluded: z.number().int(),
  calls: z.object({ hubspot: z.number().int(), salesforce: z.number().int() }),
  message: z.string().nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** GET /api/overview */
export const overviewSchema = z.object({
  connection: z.object({
    status: z.enum(["setup", "active", "suspended"]),
    suspendedReason: z.string().nullable(),
    suspendedSide: z.enum(["hubspot", "salesforce"]).nullable(),
    suspendedDetail: z.string().nullable(),
    hubspot: z.object({ connected: z.boolean(), name: z.string().nullable(), id: z.string().nullable() }),
    salesforce: z.object({ connected: z.boolean(), name: z.string().nullable(), id: z.string().nullable() }),
  }),
  /** Records of every object per state */
  counts: z.record(recordStateSchema, z.number().int()),
  /** The same apart; activities are everything but contacts, companies and deals */
  objects: z.array(
    z.object({
      object: z.enum(OBJECT_GROUPS),
      on: z.boolean(),
      counts: z.record(recordStateSchema, z.number().int()),
    }),
  ),
  lastCheckAt: instant.nullable(),
  nextCheckAt: instant.nullable(),
  checkRunning: z.boolean(),
  checkEveryMinutes: z.number().int(),
  /** Seconds from a change until it stood on the other side, of the last 24 h; null without data */
  lag: z.object({ p50: z.number().nullable(), p95: z.number().nullable() }),
  /** The last 24 hours, oldest first: changes written per hour and direction, and failures */
  hours: z.array(
    z.object({ at: instant, toSalesforce: z.number().int(), toHubspot: z.number().int(), failed: z.number().int() }),
  ),
  calls24h: z.object({ hubspot: z.number().int(), salesforce: z.number().int() }),
  runs: z.array(runSchema),
  /** Up to 5 error types with most records */
  topErrors: z.array(
    z.object({ type: z.string(), side: z.enum(["hubspot", "salesforce"]), records: z.number().int() }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;

/** GET /api/overview/history?object=&days= — how the states of an object moved, and how long changes took. */
export const historyQuerySchema = z.object({
  object: z.enum(OBJECT_GROUPS).default("contact"),
  days: z.coerce.number().int().min(1).max(30).default(1),
});
export const historySchema = z.object({
  /** Oldest first: hours of one day, every sixth hour of a longer time; the last is now */
  states: z.array(
    z.object({
      at: instant,
      inSync: z.number().int(),
      due: z.number().int(),
      failing: z.number().int(),
      excluded: z.number().int(),
    }),
  ),
  /** Seconds from a change until it stood on the other side, of each hour of the last 24 with any */
  lag: z.array(z.object({ at: instant, p50: z.number(), p95: z.number() })),
});
export type History = z.infer<typeof historySchema>;

/** POST /api/check — asks both systems now; answers at once with the run that does it (202). */
export const checkStartedSchema = z.object({ started: z.boolean() });

/** GET|POST /api/cron/sync */
export const cronResultSchema = z.object({
  runId: z.string().nullable(),
  due: z.number().int(),
  synced: z.number().int(),
  failed: z.number().int(),
  excluded: z.number().int(),
  remaining: z.number().int(),
  calls: z.object({ hubspot: z.number().int(), salesforce: z.number().int() }),
  durationMs: z.number().int(),
});
export type CronResult = z.infer<typeof cronResultSchema>;
