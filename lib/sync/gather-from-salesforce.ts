import { momentOf } from "@/lib/decide/activity-values";
import { composeEngagement } from "@/lib/decide/compose-engagement";
import { personOnOtherSide } from "@/lib/decide/owner-of";
import type { SalesforceReading, Values } from "@/lib/decide/record-types";
import { findParents, type ParentRecord } from "@/lib/store/parent-records";
import { parentKey } from "@/lib/store/record-outcomes";
import type { Batch, RecordWork } from "./batch-work";

type Parents = Map<string, ParentRecord>;
/** Properties of a new HubSpot task that no mapping fills: HubSpot requires a time, Salesforce no due date. */
const TASK_ADDITIONS = ["hs_timestamp", "hs_task_type", "hs_task_status", "hs_task_priority"];

/** Salesforce → HubSpot (spec A4): the contact by WhoId, the company or deal by WhatId, none of them by a remote call. */
export async function gatherFromSalesforce(batch: Batch, works: RecordWork[]): Promise<void> {
  const { connectionId } = batch.context;
  const open = works.filter((work) => work.salesforce);
  if (open.length === 0) return;
  const whoIds = open.flatMap((work) => idOf(work, "WhoId") ?? []);
  const whatIds = open.flatMap((work) => idOf(work, "WhatId") ?? []);
  const [contacts, companies, deals] = await Promise.all([
    findParents(connectionId, "contact", "salesforce", whoIds),
    findParents(connectionId, "company", "salesforce", whatIds),
    findParents(connectionId, "deal", "salesforce", whatIds),
  ]);
  for (const work of open) placeWork(batch, work, contacts, { company: companies, deal: deals });
}

function placeWork(
  batch: Batch,
  work: RecordWork,
  contacts: Parents,
  others: Record<"company" | "deal", Parents>,
): void {
  const whoId = idOf(work, "WhoId");
  const contact = contacts.get(whoId ?? "");
  work.hasContact = whoId !== null;
  if (!work.salesforce || whoId === null) return;
  if (!contact?.isInSync) {
    work.waitsFor = [parentKey("contact", "salesforce", whoId)];
    return;
  }
  // Once both sides were in sync the associations are HubSpot's own business.
  if (work.claimed.base === null || work.claimed.state === "failing") {
    const whatId = idOf(work, "WhatId") ?? "";
    const what = (["company", "deal"] as const).map((object) => ({
      object,
      id: others[object].get(whatId)?.hubspotId,
    }));
    work.links = [{ object: "contact" as const, id: contact.hubspotId }, ...what].flatMap(({ object, id }) =>
      id ? [{ object, id }] : [],
    );
  }
  const properties = propertiesOf(batch, work.salesforce);
  if (batch.context.object === "task") {
    work.additions.hubspot = Object.fromEntries(TASK_ADDITIONS.map((name) => [name, properties[name] ?? null]));
    return;
  }
  const { base } = work.claimed;
  work.copy = {
    side: "hubspot",
    type: work.salesforce.type,
    values: properties,
    before: base && propertiesOf(batch, { ...work.salesforce, values: base.salesforce }),
  };
}

function propertiesOf(batch: Batch, { type, values, modifiedAt }: SalesforceReading): Values {
  const { settings } = batch.context;
  if (type !== "Task" && type !== "Event") return {};
  const { timeZone = "UTC", words } = settings.activity ?? {};
  const createdAt = momentOf(values.CreatedDate) ?? modifiedAt;
  const { properties } = composeEngagement({ type, values, createdAt, timeZone, words });
  const owner = personOnOtherSide("salesforce", values.OwnerId, settings);
  return owner === null ? properties : { ...properties, hubspot_owner_id: owner };
}

function idOf(work: RecordWork, field: "WhoId" | "WhatId"): string | null {
  const id = work.salesforce?.values[field];
  return typeof id === "string" && id !== "" ? id : null;
}
