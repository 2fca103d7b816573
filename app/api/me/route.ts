import { z } from "zod";
import { listPermissions } from "@/lib/access/roles";
import { saveLanguage } from "@/lib/access/save-language";
import { type Me, meSchema } from "@/lib/contracts/connection";
import { type Caller, defineRoute } from "@/lib/server/route";

const patchSchema = z.object({ language: meSchema.shape.language });

export const GET = defineRoute({ allow: "read", handle: async ({ caller }) => viewMe(caller) });

export const PATCH = defineRoute({
  allow: "read",
  body: patchSchema,
  handle: async ({ caller, body }) => {
    if (caller.session) await saveLanguage(caller.session.userId, body.language);
    return { ...viewMe(caller), language: body.language };
  },
});

function viewMe(caller: Caller): Me {
  const { session, name, role } = caller;
  return {
    email: session?.email ?? name,
    name: session?.name ?? name,
    role,
    permissions: listPermissions(role),
    language: session?.language ?? "en",
  };
}
