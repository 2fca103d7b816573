import { HUBSPOT_UNIQUE_PROPERTY, SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import { isActivity } from "@/lib/decide/object-of";
import type { Side } from "@/lib/decide/record-types";
import { findLoneRows } from "@/lib/store/record-claims";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { giveWay } from "./give-way";

/**
 * M6: a record without a partner that carries the id of one of ours, which has none either, is the one that we made of
 * it: the answer was lost, or another worker is just about to hear it. It waits for that record, which finds it by the id
 * and joins the two, instead of making a second one of itself. Copies of activities are told apart by the check already.
 */
export async function deferOwnCopies(batch: Batch): Promise<void> {
  if (isActivity(batch.context.object)) return;
  await deferCopies(batch, "salesforce");
  await deferCopies(batch, "hubspot");
}

/** `side`: where the copy stands. */
async function deferCopies(batch: Batch, side: Side): Promise<void> {
  const { connectionId, object } = batch.context;
  const works = new Map(
    openWorks(batch).flatMap((work) => {
      const id = originOf(batch, work, side);
      return id === null || work.partnerTaken ? [] : [[work, id] as const];
    }),
  );
  const origins = await findLoneRows(connectionId, object, side === "salesforce" ? "hubspot" : "salesforce", [
    ...new Set(works.values()),
  ]);
  for (const [work, id] of works) {
    const origin = origins.get(id);
    if (origin) await giveWay(batch, work, origin, side);
  }
}

/** The record of the other side of which this lone one is the copy, by the id that our create gave it. */
function originOf({ context }: Batch, { claimed, hubspot, salesforce }: RecordWork, side: Side): string | null {
  if (!context.idFields[side]) return null;
  if (side === "hubspot") {
    return hubspot && claimed.salesforceId === null && !salesforce
      ? textOrNull(hubspot.values[HUBSPOT_UNIQUE_PROPERTY])
      : null;
  }
  const field = salesforce && SALESFORCE_ID_FIELDS[salesforce.type];
  return field && claimed.hubspotId === null && !hubspot ? textOrNull(salesforce.values[field]) : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
