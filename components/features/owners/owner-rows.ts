import type { OwnersView } from "@/lib/contracts/owners";

type Owner = Omit<OwnersView["hubspot"][number], "userId" | "how">;
export type User = OwnersView["salesforce"][number];
export type How = "hand" | "email" | "none";

export type OwnerRow = {
  owner: Owner;
  how: How;
  /** Who is written; where nobody is, the one who would be if nothing stood in the way */
  user: User | null;
  /** Why nobody is written although somebody is named or has the same address */
  problem: "user_inactive" | "user_gone" | "paired_with_other" | null;
};

const addressOf = (person: { email: string }) => person.email.trim().toLowerCase();

/**
 * O1: how each owner meets a user, with the pairs as they stand in the form: by hand before the same address. Whoever is
 * paired by hand meets nobody by address any more. `pairs`: HubSpot owner id → Salesforce user id.
 */
export function readOwnerRows(view: OwnersView, pairs: Readonly<Record<string, string>>): OwnerRow[] {
  const byHand = new Set(Object.values(pairs));
  return view.hubspot.map((owner) => {
    const wished = Object.hasOwn(pairs, owner.id) ? pairs[owner.id] : undefined;
    return { owner, ...(wished === undefined ? matchByAddress(owner, view, byHand) : matchByHand(wished, view)) };
  });
}

function matchByHand(userId: string, view: OwnersView): Omit<OwnerRow, "owner"> {
  const user = view.salesforce.find((one) => one.id === userId) ?? null;
  if (user?.active) return { how: "hand", user, problem: null };
  return { how: "none", user, problem: user ? "user_inactive" : "user_gone" };
}

function matchByAddress(owner: Owner, view: OwnersView, byHand: ReadonlySet<string>): Omit<OwnerRow, "owner"> {
  const address = addressOf(owner);
  const same = address === "" ? [] : view.salesforce.filter((user) => addressOf(user) === address);
  const free = same.filter((user) => user.active && !byHand.has(user.id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (free[0]) return { how: "email", user: free[0], problem: null };
  const taken = same.find((user) => user.active);
  if (taken) return { how: "none", user: taken, problem: "paired_with_other" };
  return { how: "none", user: same[0] ?? null, problem: same[0] ? "user_inactive" : null };
}

/** Active users of Salesforce for whom no owner stands: what belongs to them keeps its owner in HubSpot. */
export function listFreeUsers(view: OwnersView, rows: readonly OwnerRow[]): User[] {
  const met = new Set(rows.filter((row) => row.how !== "none").map((row) => row.user?.id));
  return view.salesforce.filter((user) => user.active && !met.has(user.id));
}

export const OWNER_FILTERS = ["all", "unmatched", "hand", "inactive"] as const;
export type OwnerFilter = (typeof OWNER_FILTERS)[number];

function passes(row: OwnerRow, filter: OwnerFilter): boolean {
  if (filter === "unmatched") return row.how === "none" && row.owner.active;
  if (filter === "hand") return row.how === "hand" || row.problem === "user_gone";
  if (filter === "inactive") return !row.owner.active || row.problem === "user_inactive";
  return true;
}

export function countOwners(rows: readonly OwnerRow[]): Record<OwnerFilter, number> {
  const count = (filter: OwnerFilter) => rows.filter((row) => passes(row, filter)).length;
  return {
    all: count("all"),
    unmatched: count("unmatched"),
    hand: count("hand"),
    inactive: count("inactive"),
  };
}

/** Rows whose names or addresses, on either side, hold every word of the search. */
export function filterOwners(rows: readonly OwnerRow[], search: string, filter: OwnerFilter): OwnerRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const { owner, user } = row;
    const text = [owner.name, owner.email, owner.id, user?.name, user?.email].join("\n").toLowerCase();
    return passes(row, filter) && words.every((word) => text.includes(word));
  });
}

/** The pairs with one changed: null takes it away, so that the address decides again. */
export function pairOwner(
  pairs: Readonly<Record<string, string>>,
  ownerId: string,
  userId: string | null,
): Record<string, string> {
  const { [ownerId]: _, ...rest } = pairs;
  return userId === null ? rest : { ...rest, [ownerId]: userId };
}
