import type { Person, SyncSettings } from "./record-types";

type People = Pick<SyncSettings, "hubspotOwners" | "salesforceUsers">;

/**
 * O1: whom an admin paired by hand goes before the match by address. Both ends of such a pair get one address of their own,
 * so that they meet each other and nobody else, and everything that compares owners by address follows. Several owners may
 * stand for one user; the way back then leads to the first active one. `pairs`: HubSpot owner id → Salesforce user id.
 */
export function pairPeople({ hubspotOwners, salesforceUsers }: People, pairs: Record<string, string>): People {
  const users = new Set(Object.values(pairs));
  return {
    hubspotOwners: mapPeople(hubspotOwners, (id) => (Object.hasOwn(pairs, id) ? pairs[id] : undefined)),
    salesforceUsers: mapPeople(salesforceUsers, (id) => (users.has(id) ? id : undefined)),
  };
}

/** No address has a space: nobody else can have this one. */
function addressOfPair(userId: string): string {
  return `paired by hand ${userId.toLowerCase()}`;
}

function mapPeople(people: Record<string, Person>, userOf: (id: string) => string | undefined): Record<string, Person> {
  return Object.fromEntries(
    Object.entries(people).map(([id, person]) => {
      const user = userOf(id);
      return [id, user === undefined ? person : { ...person, email: addressOfPair(user) }];
    }),
  );
}

/** How two people meet: by hand, by address, or not at all. */
export type Pairing = { userId: string | null; how: "hand" | "email" | "none" };

/** O1: the Salesforce user of each HubSpot owner, as the sync sees it. A pair whose user is gone or inactive is none. */
export function listPairings(people: People, pairs: Record<string, string>): Map<string, Pairing> {
  const paired = pairPeople(people, pairs);
  const byAddress = new Map<string, string>();
  for (const [id, user] of Object.entries(paired.salesforceUsers)) {
    const address = user.email.trim().toLowerCase();
    if (!user.active || address === "") continue;
    const known = byAddress.get(address);
    if (known === undefined || id < known) byAddress.set(address, id);
  }
  return new Map(
    Object.entries(paired.hubspotOwners).map(([id, owner]): [string, Pairing] => {
      const userId = byAddress.get(owner.email.trim().toLowerCase()) ?? null;
      if (userId === null) return [id, { userId, how: "none" }];
      return [id, { userId, how: Object.hasOwn(pairs, id) ? "hand" : "email" }];
    }),
  );
}
