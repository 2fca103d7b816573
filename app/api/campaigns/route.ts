import { answerCrm } from "@/app/api/answer-crm";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { listCampaigns } from "@/lib/sync/choose-campaigns";

/** Salesforce's campaigns with their member statuses (spec K1). */
export const GET = defineRoute({
  allow: "read",
  handle: async () => {
    const answer = await answerCrm(listCampaigns);
    if (answer === "not_connected") throw new Refusal(answer);
    return answer;
  },
});
