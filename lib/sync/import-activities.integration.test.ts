import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SalesforceActivityToggle } from "@/lib/decide/connection-settings";
import type { JobRequest } from "@/lib/decide/job-request";
import type { SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "@/lib/store/client";
import { completeRequest } from "./start-job";
import { act, type Engagement, makePair, readEngagements, readEvents, readTasks, turnOn } from "./testing/activities";
import { ANY_TIME, advance, queueJob } from "./testing/jobs";
import { findRow, listRows } from "./testing/pairs";
import { makeSalesforce } from "./testing/records";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(() => world.stop());

const importHubSpot = (object: SyncObject): JobRequest => ({ kind: "import_hubspot", object, ...ANY_TIME });
const importSalesforce = (object: SyncObject): JobRequest =>
  completeRequest({ kind: "import_salesforce", object, types: null, ...ANY_TIME });
const run = async (request: JobRequest) => advance(world, await queueJob(world, request));

const FROM_HUBSPOT = [
  { object: "call", toggle: "call", action: "logCall", body: { title: "Long ago" }, shown: "HubSpot – Call: Long ago" },
  {
    object: "email",
    toggle: "sales_email_sent",
    action: "sendSalesEmail",
    body: { subject: "Long ago" },
    shown: "HubSpot – Email sent: Long ago",
  },
  {
    object: "meeting",
    toggle: "meeting",
    action: "scheduleMeeting",
    body: { title: "Long ago" },
    shown: "HubSpot – Meeting: Long ago",
  },
  { object: "note", toggle: "note", action: "addNote", body: { body: "Long ago" }, shown: "HubSpot – Note: Long ago" },
  { object: "task", toggle: "task", action: "createTask", body: { subject: "Long ago" }, shown: "Long ago" },
] as const;

describe.each(FROM_HUBSPOT)("past HubSpot activities: $object", ({ object, toggle, action, body, shown }) => {
  it("A1, T17: an import brings over what was there before the toggle was turned on, once", async () => {
    const { contact, lead } = await makePair(world, newEmail("past"));
    await turnOn(world, {});
    const id = await act(world, action, { id: contact, ...body });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await turnOn(world, { hubspot: [toggle] });
    await world.sync();
    expect(await listRows(id)).toEqual([]);
    const read = () => (object === "meeting" ? readEvents(world, lead) : readTasks(world, lead));
    expect(await read()).toEqual([]);

    const first = await run(importHubSpot(object));
    expect(first).toMatchObject({ end: "done", counts: { created: 1, failed: 0, excluded: 0 } });
    expect(await read()).toMatchObject([{ Subject: shown, HubSpot_Activity_Id__c: `${object}:${id}` }]);
    expect(await findRow(id)).toMatchObject({ state: "in_sync", lastTriggers: [{ code: "import" }] });
    const again = await run(importHubSpot(object));
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect(await read()).toHaveLength(1);
  });
});

it("A1: with the toggles off an import writes nothing and says why", async () => {
  const { contact, lead } = await makePair(world, newEmail("off"));
  await turnOn(world, { salesforce: ["task", "call", "email", "event"] });
  for (const { object, action, body } of FROM_HUBSPOT) {
    const id = await act(world, action, { id: contact, ...body });
    expect((await run(importHubSpot(object))).counts).toMatchObject({ created: 0, updated: 0, failed: 0 });
    const [item] = await getDatabase().jobItem.findMany({ where: { key: id } });
    expect(item).toMatchObject({ outcome: "excluded", reason: "activity_off" });
    expect(await listRows(id)).toEqual([]);
  }
  expect([...(await readTasks(world, lead)), ...(await readEvents(world, lead))]).toEqual([]);
});

type Past = {
  toggle: SalesforceActivityToggle;
  object: "task" | "call" | "email" | "meeting";
  type: "Task" | "Event";
  engagement: Engagement;
  fields: Record<string, string>;
  shown: Record<string, string>;
};
const FROM_SALESFORCE: Past[] = [
  {
    toggle: "task",
    object: "task",
    type: "Task",
    engagement: "tasks",
    fields: { Subject: "Long ago" },
    shown: { hs_task_subject: "Long ago" },
  },
  {
    toggle: "call",
    object: "call",
    type: "Task",
    engagement: "calls",
    fields: { Subject: "Long ago", TaskSubtype: "Call", Status: "Completed" },
    shown: { hs_call_title: "Long ago" },
  },
  {
    toggle: "email",
    object: "email",
    type: "Task",
    engagement: "emails",
    fields: { Subject: "Email: Long ago", TaskSubtype: "Email", Status: "Completed" },
    shown: { hs_email_subject: "Long ago" },
  },
  {
    toggle: "event",
    object: "meeting",
    type: "Event",
    engagement: "meetings",
    fields: { Subject: "Long ago", StartDateTime: "2026-01-08T01:00:00.000Z", EndDateTime: "2026-01-08T01:45:00.000Z" },
    shown: { hs_meeting_title: "Long ago" },
  },
];

describe.each(FROM_SALESFORCE)("past Salesforce activities: $object", (past) => {
  it("A1, A4, T17: an import brings over what was there before, once; of nobody, it stays there; HubSpot's own do not come back", async () => {
    const { contact, lead } = await makePair(world, newEmail("past"));
    await turnOn(world, { hubspot: ["note", "meeting", "task"] });
    await act(world, "addNote", { id: contact, body: "HubSpot's own" });
    await act(world, "scheduleMeeting", { id: contact, title: "HubSpot's own" });
    await world.sync();
    await turnOn(world, {});
    const id = await makeSalesforce(world, past.type, { ...past.fields, WhoId: lead });
    await makeSalesforce(world, past.type, past.fields);
    await new Promise((resolve) => setTimeout(resolve, 1_100 - (Date.now() % 1_000)));
    await turnOn(world, { salesforce: [past.toggle] });
    await world.sync();
    expect(await listRows(id)).toEqual([]);

    const read = () =>
      readEngagements(world, past.engagement, contact, [...Object.keys(past.shown), "kakehashi_salesforce_id"]);
    const before = (await read()).length;
    const { end, job, counts } = await run(importSalesforce(past.object));
    expect({ end, total: job.total }).toEqual({ end: "done", total: 1 });
    expect(counts).toMatchObject({ created: 1, failed: 0, excluded: 0, updated: 0 });
    const made = (await read()).filter(({ properties }) => properties.kakehashi_salesforce_id === id);
    expect(made).toMatchObject([{ properties: past.shown }]);
    expect(await read()).toHaveLength(before + 1);
    expect((await run(importSalesforce(past.object))).counts).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect(await read()).toHaveLength(before + 1);
    await world.salesforceAct("deleteRecord", { object: past.type, id });
  });
});
