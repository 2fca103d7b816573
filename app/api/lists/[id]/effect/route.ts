import { z } from "zod";
import { answerCrm } from "@/app/api/answer-crm";
import { listEffectQuerySchema } from "@/lib/contracts/lists";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { viewListEffect, viewNoListEffect } from "@/lib/sync/choose-lists";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";

/** Who would newly sync and who would stop, were this the inclusion list; "none" = were there no list. */
export const GET = defineRoute({
  allow: "read",
  params: z.object({ id: z.string().regex(/^(\d{1,20}|none)$/) }),
  query: listEffectQuerySchema,
  handle: async ({ params, query }) => {
    const connectionId = await readCurrentConnectionId();
    if (params.id === "none") return viewNoListEffect(connectionId, query.object);
    const answer = await answerCrm(() => viewListEffect(connectionId, params.id, query.object));
    if (typeof answer === "string") throw new Refusal(answer);
    return answer;
  },
});
