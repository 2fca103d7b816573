import type { RecordDetail } from "@/lib/contracts/records";
import { readContacts } from "@/lib/decide/deal-contacts";
import type { SyncObject, Values } from "@/lib/decide/record-types";
import type { RecordCard } from "@/lib/store/record-card";
import { contactKey, parentKey } from "@/lib/store/record-outcomes";
import { findNamed, findWaiting, type NamedRecord, type RecordName } from "@/lib/store/related-records";

/** More than this is a list of its own. */
const MOST_SHOWN = 20;

type Related = RecordDetail["related"];
type Facts = Pick<
  RecordCard,
  "id" | "object" | "hubspotId" | "salesforceId" | "hubspotValues" | "salesforceValues" | "waitsFor"
>;

/**
 * Records that this one belongs to or waits for, and those that wait for it, as far as our own tables tell: the company
 * of a contact or deal, the contacts of a deal.
 */
export async function viewRelated(connectionId: string, card: Facts): Promise<Related> {
  const parents = namesOfParents(card);
  const waitedFor = card.waitsFor.flatMap(readParentKey);
  const [found, waiting] = await Promise.all([
    findNamed(connectionId, [...parents, ...waitedFor]),
    findWaiting(connectionId, keysOf(card), MOST_SHOWN),
  ]);
  const waits = new Set(found.filter((one) => waitedFor.some((name) => isNamed(one, name))).map((one) => one.id));
  return [
    ...found
      .toSorted((a, b) => a.object.localeCompare(b.object) || a.name.localeCompare(b.name))
      .slice(0, MOST_SHOWN)
      .map((one) => viewNamed(one, waits.has(one.id) ? "waits_for" : "belongs_to")),
    ...waiting.map((one) => viewNamed(one, "waiting")),
  ].filter((one) => one.id !== card.id);
}

function namesOfParents({ object, hubspotValues, salesforceValues }: Facts): RecordName[] {
  if (object !== "contact" && object !== "deal") return [];
  const companyId = object === "contact" ? "associatedcompanyid" : "hs_primary_associated_company";
  const contacts = object === "deal" ? [...(readContacts(hubspotValues ?? undefined) ?? [])] : [];
  return [
    ...named("company", "hubspot", [textOf(hubspotValues, companyId)]),
    ...named("company", "salesforce", [textOf(salesforceValues, "AccountId")]),
    ...named("contact", "hubspot", contacts),
  ];
}

function named(object: SyncObject, side: RecordName["side"], ids: (string | null)[]): RecordName[] {
  return ids.flatMap((id) => (id === null ? [] : [{ object, side, id }]));
}

function textOf(values: Values | null, field: string): string | null {
  const value = values?.[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** "contact/hubspot/123", or "contact/Contact/123" for a contact that must be a Salesforce contact first (by HubSpot id). */
function readParentKey(key: string): RecordName[] {
  const [object, kind, ...rest] = key.split("/");
  const id = rest.join("/");
  if (object === undefined || kind === undefined || id === "") return [];
  return [{ object: object as SyncObject, side: kind === "salesforce" ? "salesforce" : "hubspot", id }];
}

function keysOf({ object, hubspotId, salesforceId }: Facts): string[] {
  return [
    ...(hubspotId === null ? [] : [parentKey(object, "hubspot", hubspotId)]),
    ...(salesforceId === null ? [] : [parentKey(object, "salesforce", salesforceId)]),
    ...(hubspotId !== null && object === "contact" ? [contactKey(hubspotId)] : []),
  ];
}

function isNamed(one: NamedRecord, { object, side, id }: RecordName): boolean {
  return one.object === object && (side === "hubspot" ? one.hubspotId : one.salesforceId) === id;
}

function viewNamed({ id, object, name, state }: NamedRecord, relation: Related[number]["relation"]): Related[number] {
  return { relation, id, object, name, state };
}
