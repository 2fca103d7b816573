import { answerCrm } from "@/app/api/answer-crm";
import { explainQuerySchema } from "@/lib/contracts/explain";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { explainAny } from "@/lib/sync/explain-any";

/** Every gate of any record of either side, known to us or not (spec G6). */
export const GET = defineRoute({
  allow: "read",
  query: explainQuerySchema,
  handle: async ({ query }) => {
    const connectionId = await readCurrentConnectionId();
    const answer = await answerCrm(() => explainAny(connectionId, query));
    if (typeof answer === "string") throw new Refusal(answer);
    return answer;
  },
});
