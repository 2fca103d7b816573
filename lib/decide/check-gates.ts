import { emailsOfHubSpot, emailsOfSalesforce } from "./match-records";
import { creationTypeOf } from "./meets-conditions";
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
  | "creation_in_salesforce_off"
  | "creation_in_hubspot_off";

export type GateName =
  | "connection_active"
  | "object_sync_on"
  | "record_visible"
  | "has_email"
  | "not_converted"
  | "not_linked_elsewhere"
  | "parents_in_sync"
  | "paired_or_may_be_created";

/** One line of "why is this record (not) syncing" (spec G6): passed or not, and the fact that was used. */
export type Gate = { name: GateName; passed: boolean; fact: string };

/** Every gate is answered, also those behind the first closed one; the first closed one is the reason. */
export function checkGates(
  snapshot: RecordSnapshot,
  settings: SyncSettings,
): { gates: Gate[]; exclusion: ExclusionReason | null } {
  const checks = [
    gateConnection(settings),
    gateObject(settings),
    gateVisible(snapshot),
    ...(settings.object === "contact" ? [gateEmail(snapshot), gateConverted(snapshot)] : []),
    gateLinkedElsewhere(snapshot),
    ...(settings.object === "contact" ? [] : [gateParents(snapshot)]),
    gatePartner(snapshot, settings),
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

function gateObject(settings: SyncSettings): Check {
  const passed = settings.objectSyncOn;
  return { gate: { name: "object_sync_on", passed, fact: passed ? "on" : "off" }, exclusion: "object_sync_off" };
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
  return {
    gate: { name: "not_linked_elsewhere", passed: !snapshot.partnerTaken, fact: "" },
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

/** C1, C2 */
function gatePartner(snapshot: RecordSnapshot, settings: SyncSettings): Check {
  const name = "paired_or_may_be_created";
  if (snapshot.hubspot && snapshot.salesforce) return { gate: { name, passed: true, fact: "paired" }, exclusion: null };
  if (snapshot.hubspot) {
    const type = creationTypeOf(snapshot.hubspot.values, settings.creation);
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
