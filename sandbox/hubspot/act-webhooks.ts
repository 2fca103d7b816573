import { z } from "zod";
import { type ActDoor, defineAct } from "../shared/control-routes";
import type { HubSpotState } from "./state";

const habitsSchema = z.strictObject({
  paused: z.boolean().optional(),
  shuffle: z.boolean().optional(),
  duplicateShare: z.number().min(0).max(1).optional(),
  batchWindowMs: z.number().int().nonnegative().optional(),
});

/** How webhook deliveries behave, and what became of them. */
export function makeWebhookActs(state: HubSpotState): Record<string, ActDoor> {
  const { delivery } = state.webhooks;
  return {
    setWebhookDelivery: defineAct(
      habitsSchema,
      "How webhooks are delivered: paused, out of order, twice (share of events), collected for how long (ms)",
      (habits) => {
        const given = Object.entries(habits).filter(([, value]) => value !== undefined);
        delivery.habits = { ...delivery.habits, ...Object.fromEntries(given) };
        delivery.wake();
        return delivery.habits;
      },
    ),
    listWebhookDeliveries: defineAct(
      z.strictObject({}),
      "The webhook POSTs tried so far, and the events that wait",
      () => ({
        waiting: delivery.waiting,
        deliveries: delivery.log,
      }),
    ),
  };
}
