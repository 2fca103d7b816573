import { HUBSPOT_ID_PROPERTIES, SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import type { RawValue, SalesforceReading } from "@/lib/decide/record-types";
import { readSalesforceId } from "@/lib/decide/salesforce-id";
import { findPartnerRows } from "@/lib/store/record-claims";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { commitLinks } from "./commit-links";

/** M3: a deal meets its opportunity by stored id only: the one that we wrote on it, or the one that it names itself. */
export async function matchDeals(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((w) => w.hubspot && w.claimed.salesforceId === null);
  const keys = works.flatMap((work) => keysOf(batch, work));
  if (keys.length === 0) return;
  const { connectionId, fields } = batch.context;
  const readings = await batch.crms.salesforce.readByKeys(["Opportunity"], keys, fields);
  const ids = readings.map((reading) => reading.id);
  const rows = await findPartnerRows(connectionId, "deal", [], ids);
  const taken = new Set(rows.filter((row) => row.hubspotId !== null).map((row) => row.salesforceId));
  const index = indexOpportunities(readings);
  for (const work of works) {
    work.calls += 1;
    const found = [index.byHubSpotId.get(work.hubspot?.id ?? ""), index.byId.get(idKey(storedId(work) ?? ""))];
    const known = found.filter((reading) => reading !== undefined);
    const chosen = known.find((reading) => !taken.has(reading.id));
    if (!chosen) {
      work.partnerTaken = known.length > 0;
      continue;
    }
    taken.add(chosen.id);
    work.salesforce = chosen;
    work.justLinked = true;
  }
  await commitLinks(
    batch,
    "deal",
    works.filter((work) => work.justLinked),
  );
}

function keysOf(batch: Batch, work: RecordWork): { field: string; value: string }[] {
  const idField = SALESFORCE_ID_FIELDS.Opportunity;
  const stored = storedId(work);
  return [
    ...(batch.context.idFields.salesforce && idField !== null
      ? [{ field: idField, value: work.hubspot?.id ?? "" }]
      : []),
    ...(stored === null ? [] : [{ field: "Id", value: stored }]),
  ];
}

function indexOpportunities(readings: SalesforceReading[]) {
  const idField = SALESFORCE_ID_FIELDS.Opportunity ?? "";
  return {
    byId: new Map(readings.map((reading) => [idKey(reading.id), reading])),
    byHubSpotId: new Map(readings.map((reading) => [textOrNull(reading.values[idField]) ?? "", reading])),
  };
}

/** HubSpot's "Salesforce Opportunity ID"; people paste anything there. */
function storedId(work: RecordWork): string | null {
  return readSalesforceId(textOrNull(work.hubspot?.values[HUBSPOT_ID_PROPERTIES.Opportunity ?? ""]), "006");
}

function idKey(id: string): string {
  return id.slice(0, 15);
}

function textOrNull(value: RawValue | undefined): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
