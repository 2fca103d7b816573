import { originOf, travelsSince } from "./activity-news";
import { emailsOfHubSpot, emailsOfSalesforce } from "./match-records";
import { creationTypeOf, findUnmet } from "./meets-conditions";
import { isActivity } from "./object-of";
import type { RecordSnapshot } from "./record-snapshot";
import type { SyncSettings } from "./record-types";

export type ExclusionReason =
  | "object_sync_off"
  | "no_email"
  | "salesforce_record_not_visible"
  | "hubspot_record_not_found"
  | "lead_is_converted"
  | "another_record_is_linked"
  | "waiting_for_parent"
  | "activity_off"
  | "no_contact"
  | "not_in_inclusion_list"
  | "filtered_out"
  | "deleted"
  | "creation_in_salesforce_off"
  | "creation_in_hubspot_off"
  | "no_syncing_contact";

export type GateName =
  | "connection_active"
  | "object_sync_on"
  | "record_visible"
  | "has_email"
  | "not_converted"
  | "not_linked_elsewhere"
  | "parents_in_sync"
  | "has_contact"
  | "in_inclusion_list"
  | "passes_filter"
  | "not_deleted"
  | "paired_or_may_be_created"
  | "has_syncing_contact";

/** One line of "why is this record (not) syncing" (spec G6): passed or not, and the fact that was used. */
export type Gate = { name: GateName; passed: boolean; fact: string };

/** Every gate is answered, also those behind the first closed one; the first closed one is the reason. */
export function checkGates(
  snapshot: RecordSnapshot,
  settings: SyncSettings,
): { gates: Gate[]; exclusion: ExclusionReason | null } {
  const checks = [
    gateConnection(settings),
    gateObject(snapshot, settings),
    ...(canHaveList(settings.object) ? [gateInclusionList(snapshot, settings)] : []),
    gateDeleted(snapshot, settings),
    gateVisible(snapshot),
    ...(canHaveList(settings.object) ? [gateFilter(snapshot, settings)] : []),
    ...(settings.object === "contact" ? [gateEmail(snapshot), gateConverted(snapshot)] : []),
    gateLinkedElsewhere(snapshot),
    ...(isActivity(settings.object) ? [gateContact(snapshot)] : []),
    ...(settings.object === "contact" ? [] : [gateParents(snapshot)]),
    gatePartner(snapshot, settings),
    ...(settings.object === "company" ? [gateSyncingContact(snapshot)] : []),
  ];
  return {
    gates: checks.map((c) => c.gate),
    exclusion: checks.find((c) => !c.gate.passed && c.exclusion !== null)?.exclusion ?? null,
  };
}

type Check = { gate: Gate; exclusion: ExclusionReason | null };

/** A paused connection keeps work waiting; it excludes nobody, so it has no exclusion reason. */
function gateConnection(settings: SyncSettings): Check {
  const passed = settings.connectionActive;
  return { gate: { name: "connection_active", passed, fact: passed ? "active" : "paused" }, exclusion: null };
}

function gateObject(snapshot: RecordSnapshot, settings: SyncSettings): Check {
  const passed = settings.objectSyncOn && isActivityOn(snapshot, settings);
  return {
    gate: { name: "object_sync_on", passed, fact: passed ? "on" : "off" },
    exclusion: settings.activity ? "activity_off" : "object_sync_off",
  };
}

/** A1: an activity travels while the toggle of its own side is on, a task that both sides have while either is. */
function isActivityOn({ hubspot, salesforce }: RecordSnapshot, { object, activity }: SyncSettings): boolean {
  if (!activity) return true;
  const isOn = {
    hubspot: hubspot !== null && travelsSince("hubspot", object, hubspot.values, activity) !== null,
    salesforce: salesforce !== null && travelsSince("salesforce", object, salesforce.values, activity) !== null,
  };
  const origin = object === "task" ? null : originOf(hubspot?.values ?? null, salesforce?.values ?? null);
  return origin === null ? isOn.hubspot || isOn.salesforce : isOn[origin];
}

/** A2, A4: an activity of nobody has nobody to be shown on. */
function gateContact(snapshot: RecordSnapshot): Check {
  const passed = snapshot.hasContact !== false;
  return { gate: { name: "has_contact", passed, fact: "" }, exclusion: "no_contact" };
}

/** Activities follow the records that they belong to. */
function canHaveList(object: SyncSettings["object"]): boolean {
  return object === "contact" || object === "company" || object === "deal";
}

/**
 * G2: outside the list nothing travels in either direction. A Salesforce record without a HubSpot partner passes: it
 * still makes or links one (C1), which then waits until the list has it.
 */
function gateInclusionList(snapshot: RecordSnapshot, { inclusionList }: SyncSettings): Check {
  const passed = !inclusionList || snapshot.inList !== false;
  return {
    gate: { name: "in_inclusion_list", passed, fact: inclusionList?.name ?? "" },
    exclusion: "not_in_inclusion_list",
  };
}

/** C3: a confirmed delete closes the record, unless it is to be carried out on the side that still stands. */
function gateDeleted(snapshot: RecordSnapshot, settings: SyncSettings): Check {
  const side = snapshot.deletedIn ?? null;
  return {
    gate: { name: "not_deleted", passed: side === null || isCarriedOut(snapshot, settings), fact: side ?? "" },
    exclusion: "deleted",
  };
}

/** C3: whether the record on the other side is to be deleted too. */
export function isCarriedOut({ deletedIn, ...snapshot }: RecordSnapshot, { whenDeleted }: SyncSettings): boolean {
  if (deletedIn === "salesforce") return whenDeleted?.salesforce === "archive" && snapshot.hubspot !== null;
  return deletedIn === "hubspot" && whenDeleted?.hubspot === "delete" && snapshot.salesforce !== null;
}

/** G4: the filter looks at Salesforce's own values; one that was deleted counts by what it held last. */
function gateFilter(snapshot: RecordSnapshot, { salesforceFilter, schemas }: SyncSettings): Check {
  const reading = snapshot.salesforce ?? snapshot.lastSalesforce ?? null;
  const conditions = (reading && salesforceFilter?.[reading.type]) ?? [];
  const known = reading ? schemas[reading.type] : {};
  const unmet = reading ? findUnmet(reading.values, conditions, known) : null;
  return {
    gate: {
      name: "passes_filter",
      passed: unmet === null,
      fact: unmet === null ? "" : `${unmet.field}: ${reading?.values[unmet.field] ?? ""}`,
    },
    exclusion: "filtered_out",
  };
}

/** G5: what the integration user cannot see cannot sync. */
function gateVisible(snapshot: RecordSnapshot): Check {
  const passed = snapshot.missing === null;
  return {
    gate: { name: "record_visible", passed, fact: snapshot.missing ?? "both" },
    exclusion: snapshot.missing === "hubspot" ? "hubspot_record_not_found" : "salesforce_record_not_visible",
  };
}

/** G1, and the same for a Salesforce record that has no partner yet: without an address nobody can be matched. */
function gateEmail(snapshot: RecordSnapshot): Check {
  const emails = snapshot.hubspot
    ? emailsOfHubSpot(snapshot.hubspot.values)
    : emailsOfSalesforce(snapshot.salesforce?.values ?? {});
  return { gate: { name: "has_email", passed: emails.length > 0, fact: emails[0] ?? "" }, exclusion: "no_email" };
}

function gateConverted(snapshot: RecordSnapshot): Check {
  const converted = snapshot.salesforce?.values.IsConverted === true;
  return {
    gate: {
      name: "not_converted",
      passed: !converted,
      fact: String(snapshot.salesforce?.values.ConvertedContactId ?? ""),
    },
    exclusion: "lead_is_converted",
  };
}

function gateLinkedElsewhere(snapshot: RecordSnapshot): Check {
  const fact = snapshot.partnerTaken ? (snapshot.hubspot ? "hubspot" : "salesforce") : "";
  return {
    gate: { name: "not_linked_elsewhere", passed: !snapshot.partnerTaken, fact },
    exclusion: "another_record_is_linked",
  };
}

/** P2, A5: a record waits until those it belongs to are in sync, and then follows by itself. */
function gateParents(snapshot: RecordSnapshot): Check {
  const [first] = snapshot.waitsFor ?? [];
  return {
    gate: { name: "parents_in_sync", passed: first === undefined, fact: first ?? "" },
    exclusion: "waiting_for_parent",
  };
}

/** P1: an account is made for a company whose contact syncs as a Salesforce contact, or that a person syncs by hand. */
function gateSyncingContact(snapshot: RecordSnapshot): Check {
  const passed = snapshot.salesforce !== null || snapshot.hasSyncingContact !== false;
  const fact = snapshot.salesforce ? "paired" : passed ? "contact" : "";
  return { gate: { name: "has_syncing_contact", passed, fact }, exclusion: "no_syncing_contact" };
}

/** C1, C2 */
function gatePartner(snapshot: RecordSnapshot, settings: SyncSettings): Check {
  const name = "paired_or_may_be_created";
  if ((snapshot.hubspot && snapshot.salesforce) || snapshot.deletedIn)
    return { gate: { name, passed: true, fact: "paired" }, exclusion: null };
  if (snapshot.hubspot) {
    const type = creationTypeOf(snapshot.hubspot.values, settings.creation, settings.schemas.hubspot);
    return {
      gate: { name, passed: type !== null, fact: `hubspot_${type?.toLowerCase() ?? "nothing"}` },
      exclusion: "creation_in_salesforce_off",
    };
  }
  const type = snapshot.salesforce?.type ?? "Contact";
  const setting = settings.creation.toHubSpot[type] ?? "nothing";
  return {
    gate: { name, passed: setting === "create", fact: `${type.toLowerCase()}_${setting}` },
    exclusion: "creation_in_hubspot_off",
  };
}
