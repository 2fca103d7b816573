import { z } from "zod";
import { saveLanguage } from "@/lib/access/save-language";
import { type Me, meSchema } from "@/lib/contracts/connection";
import { type Caller, defineRoute } from "@/lib/server/route";
import { viewMe } from "@/lib/server/view-me";

const patchSchema = z.object({ language: meSchema.shape.language });

export const GET = defineRoute({ allow: "read", handle: async ({ caller }) => viewCaller(caller) });

export const PATCH = defineRoute({
  allow: "read",
  body: patchSchema,
  handle: async ({ caller, body }) => {
    if (caller.session) await saveLanguage(caller.session.userId, body.language);
    return { ...viewCaller(caller), language: body.language };
  },
});

function viewCaller({ session, name, role }: Caller): Me {
  return viewMe(session ?? { email: name, name, role, language: null });
}
