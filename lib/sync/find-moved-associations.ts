import { ASSOCIATION_TYPES, type AssociatedRecord, type HubSpotCrm } from "@/lib/crm/face";
import { COMPANY_PROPERTY } from "@/lib/decide/company-association";
import { readContacts } from "@/lib/decide/deal-contacts";
import { type CursorKey, readCursor, saveCursor } from "@/lib/store/check-cursors";
import { inTransaction } from "@/lib/store/client";
import { findContactPairs } from "@/lib/store/company-links";
import { listQuietDeals, type QuietDeal } from "@/lib/store/deal-associations";
import { markRecordsDue } from "@/lib/store/record-marks";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";

/**
 * A deal whose contacts or company change in HubSpot keeps its modification stamp, and no search finds it: webhooks tell
 * (T18), else all pairs are looked at. Once an hour, 10,000 deals cost 480 of HubSpot's calls a day.
 */
const EVERY_MS = 3_600_000;
/** HubSpot's largest association read. */
const PAGE_SIZE = 1_000;
/** `stamp`: when the last look began · `lastId`: the deal that it has come to, "" = it has ended. */
const LOOK_CURSOR: CursorKey = { side: "hubspot", object: "DealAssociations" };
const COMPANY = COMPANY_PROPERTY.deal ?? "";

type Look = { contexts: SyncContext[]; hubspot: HubSpotCrm; deadline: number };

/**
 * P2: makes deals due whose contacts or company in HubSpot are not those of their base. Nothing is taken from here: the
 * batch reads both sides. Answers false when the deadline came first; the next check goes on where this one stopped.
 */
export async function findMovedAssociations({ contexts, hubspot, deadline }: Look): Promise<boolean> {
  const context = contexts.find(({ object }) => object === "deal");
  if (!context?.settings.objectSyncOn) return true;
  const { connectionId } = context;
  const last = await readCursor(connectionId, LOOK_CURSOR);
  const hasEnded = last === null || last.lastId === "";
  if (last !== null && hasEnded && Date.now() - last.stamp < EVERY_MS) return true;
  const stamp = hasEnded ? Date.now() : last.stamp;
  let after = hasEnded ? "" : last.lastId;
  do {
    if (Date.now() > deadline) return false;
    const deals = await listQuietDeals(connectionId, after, PAGE_SIZE);
    const marks = deals.length === 0 ? [] : await markMoved(context, hubspot, deals);
    after = deals.length < PAGE_SIZE ? "" : (deals.at(-1)?.hubspotId ?? "");
    await inTransaction(async (tx) => {
      await markRecordsDue(tx, connectionId, marks);
      await saveCursor(tx, connectionId, LOOK_CURSOR, { stamp, lastId: after });
    });
  } while (after !== "");
  return true;
}

async function markMoved(
  { connectionId, connection }: SyncContext,
  hubspot: HubSpotCrm,
  deals: QuietDeal[],
): Promise<Parameters<typeof markRecordsDue>[2]> {
  const ids = deals.map((deal) => deal.hubspotId);
  const [contacts, companies] = await Promise.all([
    hubspot.readAssociations("deal", "contact", ids),
    connection.settings.company.on ? hubspot.readAssociations("deal", "company", ids) : null,
  ]);
  const contactIds = [...contacts.values()].flat().map(({ id }) => id);
  const pairs = await findContactPairs(connectionId, [...new Set(contactIds)], []);
  const paired = new Set(pairs.map((pair) => pair.hubspotId));
  return deals.flatMap(({ recordId, hubspotId, base }) => {
    const own = (contacts.get(hubspotId) ?? []).map(({ id }) => id).filter((id) => paired.has(id));
    const fields = [
      ...(isSameSet(own, readContacts(base) ?? []) ? [] : ["associated contacts"]),
      ...(companies === null || primaryOf(companies.get(hubspotId)) === (base[COMPANY] ?? "") ? [] : [COMPANY]),
    ];
    return fields.length === 0 ? [] : [{ recordId, trigger: newTrigger("T10", "hubspot", fields) }];
  });
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((id) => b.has(id));
}

function primaryOf(companies: AssociatedRecord[] = []): string {
  return companies.find(({ typeIds }) => typeIds.includes(ASSOCIATION_TYPES.dealToPrimaryCompany))?.id ?? "";
}
