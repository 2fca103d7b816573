import { hubspotEventsSchema } from "@/lib/contracts/hubspot-events";
import { defineHubSpotWebhook } from "@/lib/server/webhook-route";
import { noteHubSpotEvents } from "@/lib/sync/note-events";

/** T18: HubSpot tells what changed. Only noted here, within milliseconds; the worker reads and syncs. */
export const POST = defineHubSpotWebhook(hubspotEventsSchema, noteHubSpotEvents);
