import { answerCrm } from "@/app/api/answer-crm";
import { recordReasonsQuerySchema } from "@/lib/contracts/records";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewReasons } from "@/lib/sync/view-records";

/** What a list can be narrowed to: its errors and its reasons, with their numbers. */
export const GET = defineRoute({
  allow: "read",
  query: recordReasonsQuerySchema,
  handle: async ({ query }) => {
    const connectionId = await readCurrentConnectionId();
    const answer = await answerCrm(() => viewReasons(connectionId, query.object, query.list));
    if (typeof answer === "string") throw new Refusal(answer);
    return answer;
  },
});
