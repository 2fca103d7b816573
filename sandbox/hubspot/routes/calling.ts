import type { Hono } from "hono";
import { listCallOutcomes } from "../call-outcomes";
import { answerJson, type HubSpotEnv, requireScope } from "../http";
import type { HubSpotState } from "../state";

/** Mounts the outcomes of calls: a bare list, without generations and pages. */
export function mountCallingRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.get("/calling/v1/dispositions", (c) => {
    requireScope(c, "crm.objects.contacts.read");
    const outcomes = listCallOutcomes(state);
    return answerJson(c, outcomes, 200, outcomes.length);
  });
}
