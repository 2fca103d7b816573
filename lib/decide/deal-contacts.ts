import { baseAfter, isSetInStep, reconcileSet, type SetPlan } from "./reconcile-set";
import type { Base, RawValue, Values } from "./record-types";

/**
 * The name under which a base keeps a deal's contacts. No property or field can have it. HubSpot's side holds what was
 * common (HubSpot ids), Salesforce's side all contacts with a role, so that a role that comes back from a check is told
 * from news.
 */
export const CONTACTS = "@contacts";

/** A contact that is in sync as a Salesforce contact, by both ids. */
export type ContactPair = { hubspotId: string; salesforceId: string };

/** A deal's contacts and its opportunity's contact roles, keyed by HubSpot id; leads and lone contacts have no key. */
export type DealContacts = {
  hubspot: string[];
  salesforce: string[];
  base: string[] | null;
  plan: SetPlan;
  /** Salesforce id by HubSpot id */
  ids: Record<string, string>;
  /** Salesforce contacts with a role, paired or not */
  roleHolders: string[];
};

/** P2: what of the contacts has to travel, both ways; without a base nothing is removed. */
export function decideDealContacts(
  hubspotIds: readonly string[],
  roleHolders: readonly string[],
  pairs: readonly ContactPair[],
  base: Base | null,
): DealContacts {
  const ids = Object.fromEntries(pairs.map((pair) => [pair.hubspotId, pair.salesforceId]));
  const keys = new Map(pairs.map((pair) => [pair.salesforceId, pair.hubspotId]));
  const hubspot = hubspotIds.filter((id) => id in ids);
  const salesforce = [...new Set(roleHolders.flatMap((id) => keys.get(id) ?? []))];
  const known = readContacts(base?.hubspot);
  const plan = reconcileSet({ hubspot, salesforce, base: known });
  return { hubspot, salesforce, base: known, plan, ids, roleHolders: [...new Set(roleHolders)] };
}

export function hasContactsToWrite(contacts: DealContacts | null): contacts is DealContacts {
  return contacts !== null && !isSetInStep(contacts.plan);
}

/** What one side holds after some of its writes succeeded. */
export function applyContacts(held: readonly string[], added: readonly string[], removed: readonly string[]): string[] {
  const gone = new Set(removed);
  return [...new Set([...held.filter((id) => !gone.has(id)), ...added])];
}

/** The base with the contacts that are common now. */
export function withContacts(base: Base, contacts: DealContacts | null): Base {
  if (contacts === null) return base;
  return {
    hubspot: { ...base.hubspot, [CONTACTS]: baseAfter(contacts).join(";") },
    salesforce: { ...base.salesforce, [CONTACTS]: contacts.roleHolders.toSorted().join(";") },
  };
}

/** The contacts that a side of a base holds; null when it never held any. */
export function readContacts(values: Values | undefined): string[] | null {
  const raw: RawValue | undefined = values?.[CONTACTS];
  if (raw === undefined || raw === null) return null;
  return String(raw)
    .split(";")
    .filter((id) => id !== "");
}

/** Lines of the timeline and the card: which contacts each side gets or loses. */
export type ContactChange = { side: "hubspot" | "salesforce"; before: string; after: string };

export function describeContactChanges({ hubspot, salesforce, plan }: DealContacts): ContactChange[] {
  const line = (side: ContactChange["side"], held: string[], add: string[], remove: string[]): ContactChange[] =>
    add.length + remove.length === 0
      ? []
      : [{ side, before: held.toSorted().join("; "), after: applyContacts(held, add, remove).toSorted().join("; ") }];
  return [
    ...line("hubspot", hubspot, plan.addToHubSpot, plan.removeFromHubSpot),
    ...line("salesforce", salesforce, plan.addToSalesforce, plan.removeFromSalesforce),
  ];
}

/** Names of a base or reading that stand for something else than a property or field. */
export function isPseudoName(name: string): boolean {
  return name.startsWith("@");
}
