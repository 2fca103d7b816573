import { answerCrm } from "@/app/api/answer-crm";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { listForms } from "@/lib/sync/choose-campaigns";

/** HubSpot's forms, to be tied to campaigns (spec K1). */
export const GET = defineRoute({
  allow: "read",
  handle: async () => {
    const answer = await answerCrm(listForms);
    if (answer === "not_connected") throw new Refusal(answer);
    return answer;
  },
});
