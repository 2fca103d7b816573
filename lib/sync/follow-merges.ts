import { emailsOfHubSpot } from "@/lib/decide/match-records";
import type { HubSpotReading } from "@/lib/decide/record-types";
import { recordAudit } from "@/lib/store/audit";
import { findHolders, foldRow, moveLone, type PairIds } from "@/lib/store/merge-rows";
import { findPartnerRows } from "@/lib/store/record-claims";
import { type Batch, hubspotRecords, openWorks, type RecordWork } from "./batch-work";
import { belongsToAnother } from "./belongs-to-another";
import { commitLinks } from "./commit-links";
import type { Whereabouts } from "./confirm-absent";
import { convertedTo, findEnds, type WayOn } from "./find-ends";
import { markMembership } from "./mark-membership";
import { newTrigger } from "./new-trigger";

type Holder = PairIds & { id: string };

/**
 * M5: a pair whose record was merged into another one goes on with the survivor, as on a first sync. Where the survivor
 * has a pair of its own, the two are one if both their records lead to the same two; otherwise the survivor's pair stays
 * and this record is excluded, so that nothing is made a second time. Merges are made by hand: one row after the other.
 */
export async function followMerges(batch: Batch, where: Whereabouts): Promise<void> {
  const works = openWorks(batch).filter((work) => leadsOn(work, where));
  if (works.length === 0) return;
  const survivors = await readMasters(batch, where, works);
  const touched = new Set<string>();
  for (const work of works) {
    if (touched.has(work.claimed.id)) work.deferred = true;
    else if (!work.absorbed) await followOne(batch, where, survivors, work, touched);
  }
  await markMembership(
    batch,
    works.filter((work) => work.followedMerge),
  );
}

function leadsOn({ claimed }: RecordWork, where: Whereabouts): boolean {
  return typeof where.deleted.get(claimed.salesforceId ?? "") === "string" || where.merged.has(claimed.hubspotId ?? "");
}

/**
 * The Salesforce records that stand at the end, by the id of one that was merged, or of a lead that was converted besides
 * (M4). A survivor that nobody sees is absent.
 */
async function readMasters(batch: Batch, where: Whereabouts, works: RecordWork[]): Promise<Map<string, WayOn>> {
  const masters = works.flatMap(({ claimed, salesforce }) => {
    const next = where.deleted.get(claimed.salesforceId ?? "") ?? (salesforce && convertedTo(salesforce));
    return claimed.salesforceId !== null && next ? [{ from: claimed.salesforceId, to: next }] : [];
  });
  if (masters.length === 0) return new Map();
  const ends = await findEnds(
    batch,
    masters.map(({ to }) => to),
  );
  return new Map(
    masters.flatMap(({ from, to }) => {
      const end = ends.get(to);
      return end ? [[from, end] as const] : [];
    }),
  );
}

async function followOne(
  batch: Batch,
  where: Whereabouts,
  survivors: Map<string, WayOn>,
  work: RecordWork,
  touched: Set<string>,
): Promise<void> {
  const { connectionId, object } = batch.context;
  const { claimed } = work;
  const mergedInto = where.merged.get(claimed.hubspotId ?? "");
  const hubspot = mergedInto ?? work.hubspot;
  const survivor = survivors.get(claimed.salesforceId ?? "");
  const salesforce = survivor?.end ?? work.salesforce;
  // One of its two records is gone or hidden besides: nothing is moved to a record that may not be meant.
  if ((claimed.hubspotId !== null && !hubspot) || (claimed.salesforceId !== null && !salesforce)) return;
  const ids: PairIds = {
    hubspotId: hubspot?.id ?? null,
    salesforceId: salesforce?.id ?? null,
    salesforceType: salesforce?.type ?? null,
  };
  // A pair that still holds a record on the way, such as a master that was converted since, is the survivor's pair.
  const salesforceIds = [...(survivor?.way ?? []), ...(ids.salesforceId === null ? [] : [ids.salesforceId])];
  const held = await findHolders(connectionId, object, { hubspotId: ids.hubspotId, salesforceIds });
  const holders = held.filter((holder) => holder.id !== claimed.id);
  const [paired, ...rivals] = holders.filter((holder) => holder.hubspotId !== null && holder.salesforceId !== null);
  const isTaken = (holder: Holder) => holder.hubspotId === ids.hubspotId || holder.salesforceId === ids.salesforceId;
  const isLone = claimed.hubspotId === null || claimed.salesforceId === null;
  if (isLone) {
    const [into] = holders;
    if (into) await foldInto(batch, work, into, idsOf(into), touched);
    else if (await moveLone(connectionId, batch.token, claimed.id, ids)) goOn(work, hubspot, salesforce, ids);
    else work.deferred = true;
  } else if (paired && (await leadsTo(batch, paired, ids))) {
    // Where a third pair holds one of the two, this one goes on as it is and meets that pair at its own turn.
    const isHeld = rivals.some(isTaken);
    const lone = isHeld ? [] : holders.filter((holder) => holder !== paired && isTaken(holder));
    await foldInto(batch, work, paired, isHeld ? idsOf(paired) : ids, touched, lone);
  } else if (
    paired ||
    (survivor && (await belongsToAnother(connectionId, survivor.end, hubspot))) ||
    (mergedInto && (await hasItsOwn(batch, mergedInto, ids)))
  ) {
    work.missing = null;
    work.partnerTaken = true;
  } else {
    goOn(work, hubspot, salesforce, ids);
    await commitLinks(batch, object, [work]);
    if (work.deferred) return;
    const taken = new Set(holders.filter(isTaken).map((holder) => holder.id));
    for (const other of batch.works) if (taken.has(other.claimed.id)) other.absorbed = true;
  }
}

/**
 * M1: a Salesforce record that has no partner yet carries the survivor's first address: it will be joined with it.
 * Salesforce itself is asked, for a merge may be heard of before any check has seen that record.
 */
async function hasItsOwn({ context, crms }: Batch, { values }: HubSpotReading, ids: PairIds): Promise<boolean> {
  const emails = emailsOfHubSpot(values).slice(0, 1);
  if (emails.length === 0) return false;
  const found = await crms.salesforce.readMatches(
    { emails, hubspotIds: [] },
    context.fields,
    context.idFields.salesforce,
  );
  const others = found.filter((one) => one.id !== ids.salesforceId && one.values.IsConverted !== true);
  const otherIds = others.map(({ id }) => id);
  const rows = await findPartnerRows(context.connectionId, context.object, [], otherIds);
  const paired = new Set(rows.filter((row) => row.hubspotId !== null).map((row) => row.salesforceId));
  return otherIds.some((id) => !paired.has(id));
}

function idsOf({ hubspotId, salesforceId, salesforceType }: Holder): PairIds {
  return { hubspotId, salesforceId, salesforceType };
}

/** The survivor's values have nothing in common with the base: they are met as on a first sync. */
function goOn(work: RecordWork, hubspot: RecordWork["hubspot"], salesforce: RecordWork["salesforce"], ids: PairIds) {
  work.hubspot = hubspot;
  work.salesforce = salesforce;
  work.missing = null;
  work.deletedIn = null;
  work.followedMerge = true;
  work.claimed = { ...work.claimed, ...ids, base: null };
}

/** Whether the two records of another pair end at these same two. */
async function leadsTo(batch: Batch, holder: Holder, ids: PairIds): Promise<boolean> {
  return (await leadsToHubSpot(batch, holder, ids)) && (await leadsToSalesforce(batch, holder, ids));
}

async function leadsToHubSpot(batch: Batch, { hubspotId }: Holder, ids: PairIds): Promise<boolean> {
  if (hubspotId === null || hubspotId === ids.hubspotId) return hubspotId !== null;
  const merged = await hubspotRecords(batch)?.readMerged([hubspotId], []);
  return merged?.get(hubspotId)?.id === ids.hubspotId;
}

async function leadsToSalesforce(batch: Batch, { salesforceId }: Holder, ids: PairIds): Promise<boolean> {
  if (salesforceId === null) return false;
  if (salesforceId === ids.salesforceId) return true;
  return (await findEnds(batch, [salesforceId])).get(salesforceId)?.end.id === ids.salesforceId;
}

async function foldInto(
  batch: Batch,
  work: RecordWork,
  into: Holder,
  ids: PairIds,
  touched: Set<string>,
  lone: Holder[] = [],
): Promise<void> {
  const { connectionId } = batch.context;
  const { claimed } = work;
  const taken = lone.map(({ id }) => id);
  const fold = {
    ...{ connectionId, token: batch.token, runId: batch.runId, from: claimed.id, into: into.id, ids, taken },
    trigger: newTrigger("merged", null, []),
  };
  if (!(await foldRow(fold))) {
    work.deferred = true;
    return;
  }
  work.absorbed = true;
  touched.add(into.id);
  // Its row has other ids now than this batch read: it comes back, read anew.
  for (const other of batch.works) {
    if (other.claimed.id === into.id) other.deferred = true;
    if (taken.includes(other.claimed.id)) other.absorbed = true;
  }
  const gone = { hubspotId: claimed.hubspotId, salesforceId: claimed.salesforceId };
  await recordAudit({
    connectionId,
    by: "system",
    action: "pairs_merged",
    detail: { object: batch.context.object, kept: into.id, pair: ids, gone },
  });
}
