import { answerCrm } from "@/app/api/answer-crm";
import { listQuerySchema } from "@/lib/contracts/lists";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { searchLists } from "@/lib/sync/choose-lists";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";

/** HubSpot's lists to choose from (spec G2). */
export const GET = defineRoute({
  allow: "read",
  query: listQuerySchema,
  handle: async ({ query }) => {
    const connectionId = await readCurrentConnectionId();
    const answer = await answerCrm(() => searchLists(connectionId, query));
    if (answer === "not_connected") throw new Refusal(answer);
    return answer;
  },
});
