import { z } from "zod";
import type { CallOutcome } from "@/lib/decide/activity-words";
import { CrmCallError } from "../face";
import type { CallHubSpot } from "./call";
import { HUBSPOT_PATHS } from "./paths";

const outcomesSchema = z.array(z.looseObject({ id: z.string(), label: z.string(), deleted: z.boolean().nullish() }));
/** The interface is an old one: a portal without it, or a sign-in that may not use it, has HubSpot's own outcomes. */
const UNTOLD = [403, 404];

/** What calls can end in, deleted outcomes included; null where HubSpot does not tell. Throws CrmCallError. */
export async function readCallOutcomes(call: CallHubSpot): Promise<CallOutcome[] | null> {
  try {
    const outcomes = await call({
      method: "GET",
      path: HUBSPOT_PATHS.callOutcomes,
      isWrite: false,
      reply: outcomesSchema,
    });
    return outcomes.map(({ id, label, deleted }) => ({ id, label, deleted: deleted === true }));
  } catch (error) {
    if (error instanceof CrmCallError && UNTOLD.includes(error.failure.status ?? 0)) return null;
    throw error;
  }
}
