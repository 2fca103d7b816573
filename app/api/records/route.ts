import { answerCrm } from "@/app/api/answer-crm";
import { recordListQuerySchema } from "@/lib/contracts/records";
import { linkBase } from "@/lib/server/link-base";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewRecordList } from "@/lib/sync/view-records";

export const GET = defineRoute({
  allow: "read",
  query: recordListQuerySchema,
  handle: async ({ query }) => {
    const connectionId = await readCurrentConnectionId();
    const answer = await answerCrm(() => viewRecordList(connectionId, query, linkBase()));
    if (typeof answer === "string") throw new Refusal(answer);
    return answer;
  },
});
