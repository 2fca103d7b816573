import { canonicalOf, isSameValue, pairOf } from "./canonical-value";
import { DEAL_COMPANIONS } from "./decide-deal-fields";
import { domainsOfCompany } from "./match-companies";
import { emailsOfHubSpot, emailsOfSalesforce } from "./match-records";
import { nameOfPerson } from "./person-name";
import { cutText, htmlToPlainText } from "./plain-text";
import type { Base, SalesforceType, Side, SyncObject, SyncSettings, Values } from "./record-types";
import { isBlank, salesforceFieldOf } from "./record-types";
import { taskZoneOf, viewTask } from "./task-lens";

/** The names (properties or fields) whose change makes a paired record due (spec T10, T11). */
export function findMappedChanges(
  side: Side,
  type: SalesforceType,
  given: Values,
  givenBase: Base,
  settings: SyncSettings,
): string[] {
  const zone = taskZoneOf(settings);
  const values = zone !== null && side === "hubspot" ? viewTask(given, zone) : given;
  const base = zone === null ? givenBase : { ...givenBase, hubspot: viewTask(givenBase.hubspot, zone) };
  if (settings.mappings.length === 0)
    return findAnyChanges(values, side === "hubspot" ? base.hubspot : base.salesforce);
  const changed: string[] = [];
  for (const mapping of settings.mappings) {
    const field = salesforceFieldOf(mapping, type);
    if (mapping.rule === "dont_sync" || field === null) continue;
    const hubspotSchema = settings.schemas.hubspot[mapping.hubspotProperty];
    const salesforceSchema = settings.schemas[type][field];
    if (!hubspotSchema || !salesforceSchema) continue;
    const name = side === "hubspot" ? mapping.hubspotProperty : field;
    const own = side === "hubspot" ? base.hubspot : base.salesforce;
    // A formula's own change never triggers (T11); its new value travels with the next sync of the record. What HubSpot
    // calculates (a score, a total) is a property as any other (T10).
    if (side === "salesforce" && salesforceSchema.calculated) continue;
    // A mapping added later has no base yet: a record that moves for any reason takes part in it from then on.
    if (!(name in own)) {
      if (!isBlank(values[name])) changed.push(name);
      continue;
    }
    const companion = settings.object === "deal" ? DEAL_COMPANIONS[mapping.hubspotProperty]?.[side] : undefined;
    if (companion !== undefined && isMoved(own, values, companion)) changed.push(companion);
    const pair = pairOf(mapping, hubspotSchema, salesforceSchema, settings);
    if (!isSameValue(pair.kind, canonicalOf(pair, side, values[name]), canonicalOf(pair, side, own[name])))
      changed.push(name);
  }
  return changed;
}

/** A pipeline, record type or currency that is not what the base has; one that was not read tells nothing. */
function isMoved(base: Values, values: Values, name: string): boolean {
  return name in base && name in values && (base[name] ?? "") !== (values[name] ?? "");
}

/** Lead conversion moves no mapped field but ends the pair's right to be written. */
export function isNewlyConverted(values: Values, base: Base): boolean {
  return values.IsConverted === true && base.salesforce.IsConverted !== true;
}

/** Records without mappings (activities) travel as a whole: whatever of them was edited is a change. */
function findAnyChanges(values: Values, base: Values): string[] {
  return Object.keys(values).filter((name) => !STAMPS.has(name) && (values[name] ?? null) !== (base[name] ?? null));
}

const STAMPS = new Set(["SystemModstamp", "LastModifiedDate", "LastModifiedById"]);

/** The names of a record, in the order in which they are looked at. */
const NAMES: Record<Side, Partial<Record<SyncObject, string>>> = {
  hubspot: {
    company: "name",
    deal: "dealname",
    task: "hs_task_subject",
    call: "hs_call_title",
    email: "hs_email_subject",
    meeting: "hs_meeting_title",
    note: "hs_note_body",
    form_submission: "form_name",
    marketing_email: "email_name",
    document_view: "document_name",
    campaign_member: "campaign_name",
  },
  salesforce: {
    company: "Name",
    deal: "Name",
    task: "Subject",
    call: "Subject",
    email: "Subject",
    meeting: "Subject",
    note: "Subject",
  },
};
/** Names, subjects and note bodies are cut in lists: HubSpot takes 65,536 characters for each, an index 2,700 bytes. */
const MAX_NAME = 200;
/** No address that mail is sent to is longer. */
const MAX_EMAIL = 254;

/** What the list of records shows and searches: name, company, addresses. A company shows its domain as second line. */
export function describeRecord(
  object: SyncObject,
  side: Side,
  values: Values,
): { name: string; company: string; emails: string[] } {
  const text = (name: string): string => (typeof values[name] === "string" ? (values[name] as string).trim() : "");
  if (object !== "contact") {
    const given = text(NAMES[side][object] ?? "");
    // A note has no title: its first line names it.
    const line = object === "note" && side === "hubspot" ? htmlToPlainText(given).trim().split("\n")[0] : given;
    const name = cutText(line ?? "", MAX_NAME);
    if (object !== "company") return { name, company: "", emails: [] };
    // A company is found by its web domains as a person by the addresses (M3).
    const own = side === "hubspot" ? [values.domain, values.website] : [values.Website];
    const domains = domainsOfCompany(own.map((value) => value ?? null));
    return { name, company: cutText(text(side === "hubspot" ? "domain" : "Website"), MAX_NAME), emails: domains };
  }
  const [first, last, company] =
    side === "hubspot" ? ["firstname", "lastname", "company"] : ["FirstName", "LastName", "Company"];
  const emails = side === "hubspot" ? emailsOfHubSpot(values) : emailsOfSalesforce(values);
  return {
    name: cutText(nameOfPerson(text(first ?? ""), text(last ?? "")), MAX_NAME),
    company: cutText(text(company ?? ""), MAX_NAME),
    emails: emails.filter((email) => email.length <= MAX_EMAIL),
  };
}
