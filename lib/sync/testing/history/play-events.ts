import { getDatabase } from "@/lib/store/client";
import { drainWoken } from "@/lib/sync/drain-woken";
import { hearSalesforce } from "@/lib/sync/hear-salesforce";
import { receiveWebhooks } from "../webhooks";
import { FIELDS } from "./edit-log";
import { areFaultsSet, type History, type Kind } from "./history";
import { resumeIfSuspended, retryFailed } from "./play-trouble";
import { learnPartners } from "./standing";

/** What becomes of a delivery on its way: the app gets it, or nobody does, or the app does and HubSpot hears otherwise. */
const FATES = ["arrives", "arrives", "lost", "refused", "answer lost"] as const;
/** Time for deliveries under way to arrive, and for Salesforce's stream to tell what waits. */
const DELIVERY_MS = 90;
const HEARING_MS = 250;

/**
 * T18: signed webhooks that come late, out of order, twice or never, and Salesforce's change events, heard now and then.
 * Whatever they are, they only wake a reading: the result is judged as if there were none.
 */
export function playEvents(): Kind {
  let fate: (typeof FATES)[number] = "arrives";
  let stop = async (): Promise<void> => {};
  const deliver = async ({ world, random }: History): Promise<void> => {
    fate = random.pick(FATES);
    await world.hubspotAct("setWebhookDelivery", { paused: false });
    await wait(DELIVERY_MS);
    await world.hubspotAct("setWebhookDelivery", { paused: true });
  };
  return {
    name: "events",
    settings: { salesforceEvents: true },
    async prepare({ world }) {
      const properties = [...FIELDS.map(({ property }) => property), "lastname"];
      stop = await receiveWebhooks(world, properties, [], async (request, app) => {
        if (fate === "lost") return new Response(null, { status: 204 });
        if (fate === "refused") return new Response(null, { status: 503 });
        const answer = await app(request);
        return fate === "answer lost" ? new Response(null, { status: 500 }) : answer;
      });
      const habits = { paused: true, shuffle: true, duplicateShare: 0.4, batchWindowMs: 0 };
      await world.hubspotAct("setWebhookDelivery", habits);
      await hear(world.connectionId);
    },
    steps: [
      { weight: 14, name: "webhooks", run: deliver },
      { weight: 6, name: "hear Salesforce", run: ({ world }) => hear(world.connectionId) },
      { weight: 12, name: "sync what was named", run: syncNamed },
    ],
    async beforeRest(history) {
      // HubSpot tries for a day what nobody answered; what comes last comes now.
      fate = "arrives";
      await history.world.hubspotAct("setWebhookDelivery", { paused: false });
      await wait(DELIVERY_MS);
      await history.world.hubspotAct("setWebhookDelivery", { paused: true });
      return false;
    },
    async judge() {
      await stop();
      const left = await getDatabase().wakeUp.count();
      return left === 0 ? [] : [`T18: ${left} names were never taken up`];
    },
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function hear(connectionId: string): Promise<void> {
  await getDatabase().eventListener.updateMany({ data: { retryAt: null } });
  await hearSalesforce(connectionId, AbortSignal.timeout(HEARING_MS));
}

async function syncNamed(history: History): Promise<void> {
  await resumeIfSuspended(history);
  if (!areFaultsSet(history)) await retryFailed();
  await drainWoken(history.world.connectionId, async () => false);
  if (!areFaultsSet(history)) await learnPartners(history);
}
