import { listPeople } from "@/lib/access/list-people";
import type { UserList } from "@/lib/contracts/users";
import { isMailReady } from "@/lib/notify/mail-settings";
import { defineRoute } from "@/lib/server/route";
import { viewInvitation, viewUser } from "./view-user";

export const GET = defineRoute({
  allow: "administer",
  handle: async ({ caller }): Promise<UserList> => {
    const { users, invitations } = await listPeople();
    return {
      users: users.map((user) => viewUser(user, caller.session?.userId)),
      invitations: invitations.map(viewInvitation),
      mailReady: isMailReady(),
    };
  },
});
