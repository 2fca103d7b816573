import { type DatabaseOrTransaction, getDatabase, inTransaction } from "./client";
import { Prisma } from "./generated/client";

/** Why a call was made: asking what changed, carrying changes over, a person's click, a job such as a backfill. */
export const CALL_REASONS = ["check", "sync", "manual", "job"] as const;
export type CallReason = (typeof CALL_REASONS)[number];
export type CallPurpose = { object: string; reason: CallReason };

/** The whole org's calls in 24 h and their limit, by Salesforce's own word. */
export type OrgUsage = { used: number; max: number };

/** Where one connection stands. `allocation` null = nothing is set and Salesforce has not told its limit yet. */
export type CallBudget = {
  used: number;
  allocation: number | null;
  /** What everything but a person's own syncs may use of it */
  open: number | null;
  org: (OrgUsage & { seenAt: Date }) | null;
};

/** Of what the org allows, when no number is set. */
const SHARE_OF_ORG = 0.8;
/** Kept for manual syncs. */
const RESERVED = 0.1;
/** So long nobody asks an org that had no call left for anybody. */
const ORG_FULL_MS = 60_000;
/** Calls are kept a week for the chart, those of 24 h count. */
const KEPT_DAYS = 8;

/** Hourly buckets: the one that began 24 h ago is counted whole, so that too much is never used, but up to an hour late. */
const WINDOW = Prisma.sql`hour >= date_trunc('hour', now(), 'UTC') - interval '24 hours'`;

/** taken: counted, may be sent · allocation_used, org_used: must not be sent */
export type Taken = "taken" | "allocation_used" | "org_used";

/**
 * Counts one Salesforce call before it is sent. `allocation_used`: the allocation is used up (its open part, unless a person
 * waits for the answer). `org_used`: Salesforce's last reply said so of all calls of the org, and that was a moment ago;
 * asking whether that has passed (`connection`) is free. Exact over all processes: one at a time takes from a connection's
 * budget.
 */
export async function takeCall(connectionId: string, purpose: CallPurpose): Promise<Taken> {
  const isProbe = purpose.object === "connection";
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`calls/${connectionId}`}, 0))`;
    const isManual = purpose.reason === "manual";
    const count = await tx.$executeRaw`
      INSERT INTO call_usage AS u (connection_id, hour, object, reason, calls)
      SELECT ${connectionId}::uuid, date_trunc('hour', now(), 'UTC'), ${purpose.object}, ${purpose.reason}, 1
      FROM (${budgetOf(connectionId)}) b
      WHERE (b.allocation IS NULL OR b.used < CASE WHEN ${isManual} THEN b.allocation ELSE b.open END)
        AND (${isProbe} OR b.max IS NULL OR b.org_used < b.max OR b.seen_at < now() - ${ORG_FULL_MS} * interval '1 millisecond')
      ON CONFLICT (connection_id, hour, object, reason) DO UPDATE SET calls = u.calls + 1`;
    if (count > 0) return "taken";
    const { used, allocation, open } = await readBudget(connectionId, tx);
    const limit = isManual ? allocation : open;
    return limit !== null && used >= limit ? "allocation_used" : "org_used";
  });
}

export async function readBudget(connectionId: string, db: DatabaseOrTransaction = getDatabase()): Promise<CallBudget> {
  const rows = await db.$queryRaw<
    {
      used: number;
      allocation: number | null;
      open: number | null;
      max: number | null;
      org_used: number | null;
      seen_at: Date | null;
    }[]
  >(budgetOf(connectionId));
  const row = rows[0];
  if (!row) return { used: 0, allocation: null, open: null, org: null };
  const { used, allocation, open, max, org_used, seen_at } = row;
  const org = max === null || org_used === null || seen_at === null ? null : { used: org_used, max, seenAt: seen_at };
  return { used, allocation, open, org };
}

/** Whether work that nobody waits for may go on. */
export async function hasRoom(connectionId: string): Promise<boolean> {
  const { used, open } = await readBudget(connectionId);
  return open === null || used < open;
}

function budgetOf(connectionId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT used, allocation, floor(allocation * ${1 - RESERVED}::numeric)::int AS open, max, org_used, seen_at FROM (
      SELECT (SELECT COALESCE(sum(calls), 0)::int FROM call_usage WHERE connection_id = c.id AND ${WINDOW}) AS used,
        COALESCE((c.settings ->> 'salesforceDailyCalls')::int, floor(o.max * ${SHARE_OF_ORG}::numeric)::int) AS allocation,
        o.max, o.used AS org_used, o.seen_at
      FROM connection c LEFT JOIN org_usage o ON o.connection_id = c.id
      WHERE c.id = ${connectionId}::uuid
    ) budget`;
}

/** What the last reply said of the whole org. */
export async function saveOrgUsage(connectionId: string, usage: OrgUsage): Promise<void> {
  await getDatabase().$executeRaw`
    INSERT INTO org_usage (connection_id, used, max, seen_at) VALUES (${connectionId}::uuid, ${usage.used}, ${usage.max}, now())
    ON CONFLICT (connection_id) DO UPDATE SET used = EXCLUDED.used, max = EXCLUDED.max, seen_at = EXCLUDED.seen_at`;
}

export type UsageRow = { hour: Date; object: string; reason: CallReason; calls: number };

/** The calls that count now, oldest hour first. */
export async function listUsage(connectionId: string): Promise<UsageRow[]> {
  return getDatabase().$queryRaw<UsageRow[]>`
    SELECT hour, object, reason, calls FROM call_usage WHERE connection_id = ${connectionId}::uuid AND ${WINDOW}
    ORDER BY hour, object, reason`;
}

export async function forgetOldUsage(): Promise<void> {
  await getDatabase().$executeRaw`DELETE FROM call_usage WHERE hour < now() - ${KEPT_DAYS} * interval '1 day'`;
}
