import type { OwnersView } from "@/lib/contracts/owners";
import { listPairings } from "@/lib/decide/pair-people";
import { listPeople, readPeople } from "@/lib/store/schema-snapshots";
import { readCurrentConnection } from "./current-connection";

/** O1: both sides' people as they were last read, and whom of Salesforce each owner of HubSpot stands for. No call. */
export async function viewOwners(): Promise<OwnersView> {
  const { id, settings } = await readCurrentConnection();
  const [people, known] = await Promise.all([listPeople(id), readPeople(id)]);
  const pairings = listPairings(known, settings.owners.pairs);
  return {
    hubspot: people.hubspot.map((owner) => ({
      ...owner,
      ...(pairings.get(owner.id) ?? { userId: null, how: "none" }),
    })),
    salesforce: people.salesforce,
    defaultUserId: settings.owners.defaultUserId,
  };
}
