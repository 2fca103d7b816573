import type { HubSpotReading } from "@/lib/decide/record-types";
import { type Batch, hubspotRecords, openWorks, type RecordWork } from "./batch-work";

/** Where a record that a read found absent has gone, by direct reads of this batch. */
export type Whereabouts = {
  /** Salesforce ids in the recycle bin, with the record that each was merged into */
  deleted: Map<string, string | null>;
  /** HubSpot ids in the recycle bin, with the moment (epoch ms) */
  archived: Map<string, number | null>;
  /** The HubSpot record that a merged-away id leads to */
  merged: Map<string, HubSpotReading>;
};

/**
 * C3: what a read found absent is asked for directly. Only a record that its CRM itself shows as deleted counts as
 * deleted; one that nobody can see stays "not visible", whatever a read that failed or was partial made of it.
 */
export async function confirmAbsent(batch: Batch): Promise<Whereabouts> {
  const works = openWorks(batch);
  const inSalesforce = works.filter((w) => w.claimed.salesforceId !== null && !w.salesforce);
  const inHubSpot = works.filter((w) => w.claimed.hubspotId !== null && !w.hubspot);
  const [deleted, { archived, merged }] = await Promise.all([
    findDeleted(batch, inSalesforce),
    findArchived(batch, inHubSpot),
  ]);
  for (const work of inSalesforce) {
    if (deleted.get(work.claimed.salesforceId ?? "") === null) noteDeleted(work, "salesforce");
  }
  for (const work of inHubSpot) {
    const archivedAt = archived.get(work.claimed.hubspotId ?? "");
    if (archivedAt === undefined) continue;
    noteDeleted(work, "hubspot");
    // HubSpot takes what it archives off its lists: who was a member until then was deleted as one (G2).
    const { memberUntil } = work;
    if (memberUntil !== null && archivedAt !== null && archivedAt > memberUntil) work.inList = true;
  }
  return { deleted, archived, merged };
}

function noteDeleted(work: RecordWork, side: "hubspot" | "salesforce"): void {
  work.deletedIn ??= side;
  if (work.missing === side) work.missing = null;
}

async function findDeleted(batch: Batch, works: RecordWork[]): Promise<Whereabouts["deleted"]> {
  if (works.length === 0) return new Map();
  const found = await batch.crms.salesforce.readDeleted(works.map((w) => w.claimed.salesforceId ?? ""));
  for (const work of works) work.calls += 1;
  return new Map(found.map((one) => [one.id, one.masterId]));
}

async function findArchived(batch: Batch, works: RecordWork[]): Promise<Pick<Whereabouts, "archived" | "merged">> {
  const records = hubspotRecords(batch);
  if (works.length === 0 || records === null) return { archived: new Map(), merged: new Map() };
  const ids = works.map((w) => w.claimed.hubspotId ?? "");
  const archived = new Map((await records.readArchived(ids)).map((one) => [one.id, one.archivedAt]));
  for (const work of works) work.calls += 1;
  const merged = await readNamedSurvivors(
    batch,
    works.filter((w) => !archived.has(w.claimed.hubspotId ?? "")),
  );
  const rest = ids.filter((id) => !archived.has(id) && !merged.has(id));
  const asked = await records.readMerged(rest, batch.context.properties);
  return { archived, merged: new Map([...merged, ...asked]) };
}

/** A check that saw the survivor named it: 100 of them go into one call, while asking for a merged-away id costs one each. */
async function readNamedSurvivors(batch: Batch, works: RecordWork[]): Promise<Map<string, HubSpotReading>> {
  const named = works.flatMap(({ claimed }) => {
    const trigger = claimed.triggers.findLast((one) => one.code === "merged" && one.side === "hubspot");
    const survivor = trigger?.fields[0];
    return claimed.hubspotId !== null && survivor ? [{ id: claimed.hubspotId, survivor }] : [];
  });
  const ids = named.map(({ survivor }) => survivor);
  const readings = ids.length === 0 ? [] : await hubspotRecords(batch)?.readByIds(ids, batch.context.properties);
  const byId = new Map(readings?.map((reading) => [reading.id, reading]));
  return new Map(
    named.flatMap(({ id, survivor }) => {
      const reading = byId.get(survivor);
      const isSurvivor = String(reading?.values.hs_merged_object_ids ?? "")
        .split(";")
        .includes(id);
      return reading && isSurvivor ? [[id, reading] as const] : [];
    }),
  );
}
