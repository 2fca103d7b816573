import type { ConnectionSettings } from "./connection-settings";
import type { FieldSchema, Person, RawValue, Side, SyncSettings } from "./record-types";
import { isBlank } from "./record-types";

/** Whether this is HubSpot's owner of the record (spec F15, T15), not another property that names a person. */
export function isOwner({ name, kind }: FieldSchema): boolean {
  return kind === "owner" && name === "hubspot_owner_id";
}

/** The active person of the other side with the same address, by id; null when there is none (spec O1). */
export function personOnOtherSide(
  side: Side,
  id: RawValue | undefined,
  { hubspotOwners, salesforceUsers }: Pick<SyncSettings, "hubspotOwners" | "salesforceUsers">,
): string | null {
  if (isBlank(id)) return null;
  const [own, others] = side === "hubspot" ? [hubspotOwners, salesforceUsers] : [salesforceUsers, hubspotOwners];
  const email = addressOf(Object.hasOwn(own, String(id)) ? own[String(id)] : undefined);
  if (email === "") return null;
  const found = Object.entries(others).filter(([, person]) => person.active && addressOf(person) === email);
  return found.map(([other]) => other).toSorted()[0] ?? null;
}

/** O1: the user that is set for records whose HubSpot owner is nobody in Salesforce; inactive ones are never written. */
export function defaultOwner(
  { defaultUserId }: ConnectionSettings["owners"],
  { salesforceUsers }: Pick<SyncSettings, "salesforceUsers">,
): string | null {
  if (defaultUserId === null || !Object.hasOwn(salesforceUsers, defaultUserId)) return null;
  return salesforceUsers[defaultUserId]?.active ? defaultUserId : null;
}

function addressOf(person: Person | undefined): string {
  return person?.email.trim().toLowerCase() ?? "";
}
