import type { ActivityToggle } from "@/lib/decide/activity-toggles";
import type { SalesforceActivityToggle } from "@/lib/decide/connection-settings";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { prepareConnection } from "../prepare-connection";
import { type Fields, makeContact, settle } from "./pairs";
import { changeWorld } from "./settings";
import type { SyncWorld } from "./world";

export const FIELDS_OF_TASK = [
  ...[
    "Id",
    "Subject",
    "Description",
    "Status",
    "Priority",
    "ActivityDate",
    "TaskSubtype",
    "WhoId",
    "WhatId",
    "OwnerId",
  ],
  ...["CallDurationInSeconds", "CallType", "CallDisposition", "IsClosed", "HubSpot_Activity_Id__c"],
];
export const FIELDS_OF_EVENT = [
  ...["Id", "Subject", "Description", "Location", "StartDateTime", "EndDateTime", "WhoId", "WhatId", "OwnerId"],
  "HubSpot_Activity_Id__c",
];

type Toggles = { hubspot?: ActivityToggle[]; salesforce?: SalesforceActivityToggle[] };

/** Turns exactly these toggles on, with what the two CRMs need for them. */
export async function turnOn(world: SyncWorld, toggles: Toggles): Promise<void> {
  const on = <Name extends string>(all: Record<Name, boolean>, names: readonly string[] = []) =>
    Object.fromEntries(Object.keys(all).map((name) => [name, names.includes(name)])) as Record<Name, boolean>;
  await changeWorld(world, {
    activities: on(DEFAULT_SETTINGS.activities, toggles.hubspot),
    salesforceActivities: on(DEFAULT_SETTINGS.salesforceActivities, toggles.salesforce),
  });
  await prepareConnection(world.connectionId, { createIdFields: true });
}

/** A HubSpot contact in sync with a lead; answers both ids. */
export async function makePair(world: SyncWorld, email: string): Promise<{ contact: string; lead: string }> {
  const contact = await makeContact(world, { email, lastname: "Mori", company: "Acme" });
  await settle(world);
  const [lead] = await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`);
  if (!lead) throw new Error(`${email} has no lead`);
  return { contact, lead: String(lead.Id) };
}

/** The activities of a lead or contact, oldest first. */
export function readTasks(world: SyncWorld, whoId: string): Promise<Record<string, unknown>[]> {
  return world.soql(`SELECT ${FIELDS_OF_TASK.join(", ")} FROM Task WHERE WhoId = '${whoId}' ORDER BY Id`);
}

export function readEvents(world: SyncWorld, whoId: string): Promise<Record<string, unknown>[]> {
  return world.soql(`SELECT ${FIELDS_OF_EVENT.join(", ")} FROM Event WHERE WhoId = '${whoId}' ORDER BY Id`);
}

/** What a person does in HubSpot; answers the id of what came of it. */
export async function act(world: SyncWorld, action: string, body: Record<string, unknown>): Promise<string> {
  const { result } = (await world.hubspotAct(action, body)) as { result: { id: string } };
  return result.id;
}

export type Engagement = "tasks" | "calls" | "emails" | "meetings" | "notes";

export async function editEngagement(
  world: SyncWorld,
  type: Engagement,
  id: string,
  properties: Fields,
): Promise<void> {
  await world.door("hubspot", "PATCH", `/crm/v3/objects/${type}/${id}`, { properties });
}

/** The engagements of one kind on a HubSpot contact, with these properties. */
export async function readEngagements(
  world: SyncWorld,
  type: Engagement,
  contactId: string,
  properties: string[],
): Promise<{ id: string; properties: Record<string, string | null> }[]> {
  const answer = await world.door("hubspot", "GET", `/crm/v4/objects/contacts/${contactId}/associations/${type}`);
  const ids = (answer.results as { toObjectId: number | string }[]).map(({ toObjectId }) => ({
    id: String(toObjectId),
  }));
  if (ids.length === 0) return [];
  const read = await world.door("hubspot", "POST", `/crm/v3/objects/${type}/batch/read`, { inputs: ids, properties });
  return read.results as { id: string; properties: Record<string, string | null> }[];
}
