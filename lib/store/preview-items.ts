import { randomUUID } from "node:crypto";
import { PREVIEW_ACTIONS, type PreviewAction } from "@/lib/decide/preview-actions";
import type { RawValue, SalesforceType, Side, SyncObject, UpdateRule, Values } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase } from "./client";
import { Prisma } from "./generated/client";
import { type ClaimedRecord, readClaimedRows } from "./record-claims";

/** What a sync would do with one record. `overwrites` and `clears`: values that are there now and would not be any more. */
export type PreviewPlan = {
  object: SyncObject;
  /** By which side's id the preview named it; null = by our own */
  side: Side | null;
  name: string;
  hubspotId: string | null;
  salesforceId: string | null;
  action: PreviewAction;
  changes: {
    hubspotProperty: string;
    salesforceField: string;
    side: Side;
    before: RawValue;
    after: RawValue;
    rule: UpdateRule;
  }[];
  hubspotValues: number;
  salesforceValues: number;
  overwrites: number;
  clears: number;
};

/** Without an outcome it would be written; the others would not, or cannot. */
export type PreviewedItem = {
  key: string;
  recordId: string | null;
  outcome: "unchanged" | "excluded" | "failed" | null;
  reason: string | null;
  plan: PreviewPlan;
};

/** What we know of these records, as a batch would claim them; nothing is claimed. */
export async function readUnclaimed(
  connectionId: string,
  keys: { object: SyncObject; side: Side | null },
  ids: string[],
): Promise<Map<string, ClaimedRecord>> {
  if (ids.length === 0) return new Map();
  const isOne =
    keys.side === null
      ? Prisma.sql`r.id = ANY(${ids}::uuid[])`
      : Prisma.sql`r.object = ${keys.object} AND ${Prisma.raw(`r.${keys.side}_id`)} = ANY(${ids})`;
  const rows = await readClaimedRows(Prisma.sql`r.connection_id = ${connectionId}::uuid AND ${isOne}`, ids.length);
  const keyOf = (row: ClaimedRecord) =>
    keys.side === null ? row.id : ((keys.side === "hubspot" ? row.hubspotId : row.salesforceId) ?? "");
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** A record that we do not know, in the shape of one that we do; its version 0 tells. */
export function describeUnknown(known: {
  object: SyncObject;
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
  values: Values;
  stamp: number;
}): ClaimedRecord {
  const { object, hubspotId, salesforceId, salesforceType, values, stamp } = known;
  return {
    id: randomUUID(),
    object,
    hubspotId,
    salesforceId,
    salesforceType,
    base: null,
    hubspotValues: hubspotId === null ? null : values,
    salesforceValues: salesforceId === null ? null : values,
    hubspotStamp: hubspotId === null ? 0 : stamp,
    salesforceStamp: salesforceId === null ? 0 : stamp,
    claimedVersion: 0n,
    triggers: [],
    needsRead: false,
    attempts: 0,
    state: "due",
    exclusionReason: null,
  };
}

export async function insertPreviewed(
  tx: DatabaseOrTransaction,
  connectionId: string,
  jobId: string,
  items: PreviewedItem[],
): Promise<void> {
  if (items.length === 0) return;
  await tx.jobItem.createMany({
    data: items.map(({ plan, ...item }) => ({ connectionId, jobId, ...item, plan: plan as Prisma.InputJsonObject })),
    skipDuplicates: true,
  });
}

export type PreviewCounts = {
  actions: Record<PreviewAction, number>;
  values: { hubspot: number; salesforce: number; overwritten: number; cleared: number };
  unchanged: number;
  /** By reason */
  excluded: Record<string, number>;
  failed: Record<string, number>;
};

export async function countPreviewed(connectionId: string, jobId: string): Promise<PreviewCounts> {
  const rows = await getDatabase().$queryRaw<
    {
      outcome: string | null;
      action: PreviewAction;
      reason: string | null;
      n: number;
      hubspot: number;
      salesforce: number;
      overwrites: number;
      clears: number;
    }[]
  >`SELECT outcome, plan ->> 'action' AS action, reason, count(*)::int AS n, sum((plan ->> 'hubspotValues')::int)::int AS hubspot,
      sum((plan ->> 'salesforceValues')::int)::int AS salesforce, sum((plan ->> 'overwrites')::int)::int AS overwrites,
      sum((plan ->> 'clears')::int)::int AS clears
    FROM job_item WHERE connection_id = ${connectionId}::uuid AND job_id = ${jobId}::uuid AND plan IS NOT NULL
    GROUP BY outcome, plan ->> 'action', reason`;
  const actions = Object.fromEntries(PREVIEW_ACTIONS.map((action) => [action, 0])) as Record<PreviewAction, number>;
  const counts: PreviewCounts = {
    actions,
    values: { hubspot: 0, salesforce: 0, overwritten: 0, cleared: 0 },
    unchanged: 0,
    excluded: {},
    failed: {},
  };
  for (const row of rows) {
    if (row.outcome === "unchanged") counts.unchanged += row.n;
    else if (row.outcome === "excluded" || row.outcome === "failed")
      counts[row.outcome][row.reason ?? "other"] = (counts[row.outcome][row.reason ?? "other"] ?? 0) + row.n;
    else {
      actions[row.action] += row.n;
      counts.values.hubspot += row.hubspot;
      counts.values.salesforce += row.salesforce;
      counts.values.overwritten += row.overwrites;
      counts.values.cleared += row.clears;
    }
  }
  return counts;
}

/** One page of a preview's records by rising key; `outcome`: null = those that would be written. */
export async function listPreviewed(
  connectionId: string,
  jobId: string,
  page: { outcome: string | null; action: PreviewAction | null; after: string | null; limit: number },
): Promise<PreviewedItem[]> {
  const rows = await getDatabase().jobItem.findMany({
    where: {
      connectionId,
      jobId,
      outcome: page.outcome,
      plan: page.action === null ? { not: Prisma.AnyNull } : { path: ["action"], equals: page.action },
      ...(page.after === null ? {} : { key: { gt: page.after } }),
    },
    orderBy: { key: "asc" },
    take: page.limit,
  });
  return rows.map((row) => ({
    key: row.key,
    recordId: row.recordId,
    outcome: row.outcome as PreviewedItem["outcome"],
    reason: row.reason,
    plan: row.plan as unknown as PreviewPlan,
  }));
}
