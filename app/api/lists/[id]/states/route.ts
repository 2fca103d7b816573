import { z } from "zod";
import { answerCrm } from "@/app/api/answer-crm";
import { listEffectQuerySchema } from "@/lib/contracts/lists";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { viewListStates } from "@/lib/sync/choose-lists";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";

/** How the members of a list stand with us: in sync, failing, excluded, never seen. */
export const GET = defineRoute({
  allow: "read",
  params: z.object({ id: z.string().regex(/^\d{1,20}$/) }),
  query: listEffectQuerySchema,
  handle: async ({ params, query }) => {
    const connectionId = await readCurrentConnectionId();
    const answer = await answerCrm(() => viewListStates(connectionId, params.id, query.object));
    if (typeof answer === "string") throw new Refusal(answer);
    return answer;
  },
});
