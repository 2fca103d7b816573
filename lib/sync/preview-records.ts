import { randomUUID } from "node:crypto";
import { describeRecord } from "@/lib/decide/find-due";
import type { RawValue, Side } from "@/lib/decide/record-types";
import { describeUnknown, type PreviewedItem } from "@/lib/store/preview-items";
import { type ClaimedRecord, DRY_TOKEN } from "@/lib/store/record-claims";
import type { Crms, RecordWork } from "./batch-work";
import type { PageReading } from "./check-for-changes";
import { holdBlocked } from "./hold-blocked";
import type { SyncContext } from "./load-sync-context";
import { openBatch, planBatch } from "./sync-batch";
import { changesOf } from "./write-batch";

/** What a page shows of one record; the rest of a very wide mapping is only counted. */
const MAX_CHANGES = 40;

/** A record to look at: one that we know, or what a page of a CRM told of one that we do not. */
export type PreviewSubject = { key: string; record: ClaimedRecord | null; reading: PageReading | null };

/**
 * X1: reads both sides and decides as a sync would, by the same steps, and stops before the first write. Nothing is
 * marked, linked or written.
 * @throws CrmCallError when a CRM cannot be read.
 */
export async function previewRecords(
  context: SyncContext,
  crms: Crms,
  keys: { side: Side | null },
  subjects: PreviewSubject[],
): Promise<PreviewedItem[]> {
  const claims = subjects.map((subject) => toClaim(context, keys.side, subject));
  const batch = openBatch(context, crms, { token: DRY_TOKEN, records: claims }, { id: randomUUID(), by: null });
  await planBatch(batch);
  holdBlocked(batch);
  return batch.works.map((work, index) => describeWork(context, work, subjects[index]?.key ?? "", keys.side));
}

/** Known records are read again on both sides; what the page told of an unknown one is fresh. */
function toClaim(context: SyncContext, side: Side | null, { record, reading }: PreviewSubject): ClaimedRecord {
  if (record) return { ...record, needsRead: true };
  return describeUnknown({
    object: context.object,
    hubspotId: side === "hubspot" ? (reading?.id ?? null) : null,
    salesforceId: side === "salesforce" ? (reading?.id ?? null) : null,
    salesforceType: reading?.type ?? null,
    values: reading?.values ?? {},
    stamp: reading?.modifiedAt ?? 0,
  });
}

function describeWork(context: SyncContext, work: RecordWork, key: string, side: Side | null): PreviewedItem {
  const { object } = context;
  const shown = work.hubspot
    ? describeRecord(object, "hubspot", work.hubspot.values)
    : describeRecord(object, "salesforce", work.salesforce?.values ?? {});
  const plan = {
    object,
    side,
    name: shown.name === "" ? (shown.emails[0] ?? "") : shown.name,
    hubspotId: work.hubspot?.id ?? work.claimed.hubspotId,
    salesforceId: work.salesforce?.id ?? work.claimed.salesforceId,
    action: actionOf(work),
    ...describeChanges(work),
  };
  const recordId = work.claimed.claimedVersion === 0n ? null : work.claimed.id;
  if (work.decision?.kind === "excluded")
    return { key, recordId, outcome: "excluded", reason: work.decision.reason, plan };
  if (work.refusal) return { key, recordId, outcome: "failed", reason: work.refusal.code.toLowerCase(), plan };
  return { key, recordId, outcome: plan.action === "nothing" ? "unchanged" : null, reason: null, plan };
}

function actionOf(work: RecordWork): PreviewedItem["plan"]["action"] {
  const { decision } = work;
  // It joins a record of the other side that has the same address: that one's own line tells what changes.
  if (work.deferred || work.absorbed) return "link";
  if (decision?.kind === "delete") return decision.side === "hubspot" ? "archive_hubspot" : "delete_salesforce";
  if (decision?.kind !== "plan") return "nothing";
  if (decision.salesforce?.operation === "create") return "create_salesforce";
  if (decision.hubspot?.operation === "create") return "create_hubspot";
  if (work.justLinked) return "link";
  return decision.hubspot || decision.salesforce ? "update" : "nothing";
}

function describeChanges(
  work: RecordWork,
): Pick<PreviewedItem["plan"], "changes" | "hubspotValues" | "salesforceValues" | "overwrites" | "clears"> {
  const all = changesOf(work);
  const isBlank = (value: RawValue) => value === null || value === "";
  return {
    changes: all.slice(0, MAX_CHANGES).map(({ hubspotProperty, salesforceField, side, before, after, rule }) => ({
      hubspotProperty,
      salesforceField,
      side,
      before,
      after,
      rule,
    })),
    hubspotValues: all.filter((change) => change.side === "hubspot").length,
    salesforceValues: all.filter((change) => change.side === "salesforce").length,
    overwrites: all.filter(({ before, after }) => !isBlank(before) && !isBlank(after)).length,
    clears: all.filter(({ before, after }) => !isBlank(before) && isBlank(after)).length,
  };
}
