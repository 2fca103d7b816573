import { textOf } from "@/lib/decide/activity-values";
import { findParents, type ParentRecord } from "@/lib/store/parent-records";
import { findHubSpotByEmails } from "@/lib/store/record-claims";
import { parentKey } from "@/lib/store/record-outcomes";
import type { Batch, RecordWork } from "./batch-work";
import { openWorks } from "./batch-work";
import { placeWork } from "./gather-from-hubspot";

/** Whose event each one is; one whose contact is not in sync waits for it (spec A5). */
export async function gatherEvents(batch: Batch): Promise<void> {
  for (const { work, who } of await findPeople(batch)) placeWork(batch, work, { who, whatId: null });
}

/** The works whose contact is in sync, with that contact; the others wait, or belong to nobody. */
export async function findPeople(batch: Batch): Promise<{ work: RecordWork; who: ParentRecord }[]> {
  const works = openWorks(batch).filter((work) => work.hubspot !== null);
  const ids = works.map((work) => textOf(work.hubspot?.values.contact_id)).filter((id) => id !== "");
  const contacts = await findParents(batch.context.connectionId, "contact", "hubspot", ids);
  const byEmail = await findByEmail(
    batch,
    works.filter((work) => !contacts.has(textOf(work.hubspot?.values.contact_id))),
  );
  return works.flatMap((work) => {
    const id = textOf(work.hubspot?.values.contact_id);
    const who = contacts.get(id) ?? byEmail.get(textOf(work.hubspot?.values.email));
    const key = who?.hubspotId ?? id;
    work.hasContact = key !== "";
    if (who?.isInSync) return [{ work, who }];
    if (key !== "") work.waitsFor = [parentKey("contact", "hubspot", key)];
    return [];
  });
}

/** A contact that was merged away, or that HubSpot told of later than of its event: by address. */
async function findByEmail(batch: Batch, works: RecordWork[]): Promise<Map<string, ParentRecord>> {
  const emails = works.map((work) => textOf(work.hubspot?.values.email)).filter((email) => email !== "");
  const rows = await findHubSpotByEmails(batch.context.connectionId, [...new Set(emails)]);
  const parents = await findParents(
    batch.context.connectionId,
    "contact",
    "hubspot",
    rows.map(({ hubspotId }) => hubspotId),
  );
  const found = new Map<string, ParentRecord>();
  for (const row of rows) {
    const parent = parents.get(row.hubspotId);
    if (parent) for (const email of row.emails) found.set(email, parent);
  }
  return found;
}
