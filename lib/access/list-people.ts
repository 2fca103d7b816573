import { countKeysByMaker } from "@/lib/store/api-keys";
import { listInvitations, type StoredInvitation } from "@/lib/store/invitations";
import { listUsers, type StoredUser } from "@/lib/store/users";

export type PeopleList = { users: (StoredUser & { apiKeys: number })[]; invitations: StoredInvitation[] };

/** Everybody with the number of usable API keys that they made, and the open invitations. */
export async function listPeople(): Promise<PeopleList> {
  const [users, invitations, keys] = await Promise.all([listUsers(), listInvitations(), countKeysByMaker()]);
  return { users: users.map((user) => ({ ...user, apiKeys: keys.get(user.email) ?? 0 })), invitations };
}
