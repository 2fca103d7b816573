import { canonicalOf, isSameValue, pairOf } from "./canonical-value";
import { emailsOfHubSpot, emailsOfSalesforce } from "./match-records";
import type { Base, SalesforceType, Side, SyncSettings, Values } from "./record-types";
import { isBlank, salesforceFieldOf } from "./record-types";

/** The names (properties or fields) whose change makes a paired record due (spec T10, T11). */
export function findMappedChanges(
  side: Side,
  type: SalesforceType,
  values: Values,
  base: Base,
  settings: SyncSettings,
): string[] {
  const changed: string[] = [];
  for (const mapping of settings.mappings) {
    const field = salesforceFieldOf(mapping, type);
    if (mapping.rule === "dont_sync" || field === null) continue;
    const hubspotSchema = settings.schemas.hubspot[mapping.hubspotProperty];
    const salesforceSchema = settings.schemas[type][field];
    if (!hubspotSchema || !salesforceSchema) continue;
    const name = side === "hubspot" ? mapping.hubspotProperty : field;
    const own = side === "hubspot" ? base.hubspot : base.salesforce;
    // A formula's own change never triggers (T11); its new value travels with the next sync of the record.
    if ((side === "hubspot" ? hubspotSchema : salesforceSchema).calculated) continue;
    // A mapping added later has no base yet: a record that moves for any reason takes part in it from then on.
    if (!(name in own)) {
      if (!isBlank(values[name])) changed.push(name);
      continue;
    }
    const pair = pairOf(mapping, hubspotSchema, salesforceSchema, settings);
    if (!isSameValue(pair.kind, canonicalOf(pair, side, values[name]), canonicalOf(pair, side, own[name])))
      changed.push(name);
  }
  return changed;
}

/** Lead conversion moves no mapped field but ends the pair's right to be written. */
export function isNewlyConverted(values: Values, base: Base): boolean {
  return values.IsConverted === true && base.salesforce.IsConverted !== true;
}

/** What the list of records shows and searches: name, company, addresses. */
export function describeRecord(side: Side, values: Values): { name: string; company: string; emails: string[] } {
  const text = (name: string): string => (typeof values[name] === "string" ? (values[name] as string).trim() : "");
  if (side === "hubspot") {
    const parts = [text("firstname"), text("lastname")].filter((p) => p !== "");
    return { name: orderName(parts), company: text("company"), emails: emailsOfHubSpot(values) };
  }
  const parts = [text("FirstName"), text("LastName")].filter((p) => p !== "");
  return { name: orderName(parts), company: text("Company"), emails: emailsOfSalesforce(values) };
}

/** Japanese names are written family name first. */
function orderName(parts: string[]): string {
  const japanese = parts.some((p) => /[぀-ヿ㐀-鿿]/.test(p));
  return japanese ? parts.toReversed().join(" ") : parts.join(" ");
}
