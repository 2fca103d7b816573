import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SalesforceActivityToggle } from "@/lib/decide/connection-settings";
import type { JobRequest } from "@/lib/decide/job-request";
import type { SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "@/lib/store/client";
import { countPreviewed } from "@/lib/store/preview-items";
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

const MARKETING = ["marketing_email_sent", "marketing_email_opened", "marketing_email_clicked"] as const;

describe("past events of HubSpot", () => {
  it("A1, A3, T17: past form submissions are previewed and then imported, each once, and what came in after the preview is left out", async () => {
    const email = newEmail("forms");
    const { lead } = await makePair(world, email);
    await turnOn(world, {});
    for (const formName of ["Newsletter", "Contact us", "Newsletter"])
      await act(world, "submitForm", { email, formName });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await turnOn(world, { hubspot: ["form_submission"] });
    await world.sync();
    expect(await readTasks(world, lead)).toEqual([]);

    const previewId = await queueJob(world, importHubSpot("form_submission"), null, "preview");
    expect((await advance(world, previewId)).end).toBe("done");
    expect((await countPreviewed(world.connectionId, previewId)).actions).toMatchObject({ create_salesforce: 3 });
    expect(await readTasks(world, lead)).toEqual([]);
    await turnOn(world, {});
    await act(world, "submitForm", { email, formName: "Contact us" });
    await turnOn(world, { hubspot: ["form_submission"] });
    const applied = await advance(world, await queueJob(world, importHubSpot("form_submission"), previewId));
    expect(applied).toMatchObject({ end: "done", counts: { created: 3, failed: 0 } });
    const subjects = () => readTasks(world, lead).then((tasks) => tasks.map(({ Subject }) => Subject).toSorted());
    expect(await subjects()).toEqual([
      "HubSpot – Form submitted: Contact us",
      "HubSpot – Form submitted: Newsletter",
      "HubSpot – Form submitted: Newsletter",
    ]);
    expect((await run(importHubSpot("form_submission"))).counts).toMatchObject({ created: 1, unchanged: 3, failed: 0 });
    expect(await subjects()).toHaveLength(4);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(
      (await run({ ...importHubSpot("form_submission"), createdFrom: tomorrow } as JobRequest)).counts,
    ).toMatchObject({
      created: 0,
      unchanged: 0,
    });
  });

  it("A1, A3: past marketing emails are imported with their opens and clicks, one Task a mail", async () => {
    const email = newEmail("mails");
    const { lead } = await makePair(world, email);
    await turnOn(world, {});
    for (const emailName of ["Spring", "Summer"]) {
      await act(world, "sendMarketingEmail", { email, emailName });
      await act(world, "openMarketingEmail", { email });
    }
    await act(world, "clickMarketingEmail", { email, url: "https://example.com/offer" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await turnOn(world, { hubspot: [...MARKETING] });
    await world.sync();
    expect(await readTasks(world, lead)).toEqual([]);
    expect(await run(importHubSpot("marketing_email"))).toMatchObject({
      end: "done",
      counts: { created: 2, failed: 0 },
    });
    await world.sync();
    const tasks = (await readTasks(world, lead)).toSorted((a, b) => String(a.Subject).localeCompare(String(b.Subject)));
    expect(tasks).toMatchObject([
      { Subject: "HubSpot – Marketing email sent: Spring", Description: expect.stringContaining("Opened (times): 1") },
      { Subject: "HubSpot – Marketing email sent: Summer", Description: expect.stringContaining("Clicked (times): 1") },
    ]);
    expect((await run(importHubSpot("marketing_email"))).counts).toMatchObject({ created: 0, updated: 0, failed: 0 });
    expect(await readTasks(world, lead)).toHaveLength(2);
  });

  it("A1: with their toggles off nothing of them is imported", async () => {
    const email = newEmail("none");
    const { lead } = await makePair(world, email);
    await turnOn(world, {});
    await act(world, "submitForm", { email });
    await act(world, "sendMarketingEmail", { email });
    for (const object of ["form_submission", "marketing_email"] as const) {
      expect((await run(importHubSpot(object))).counts).toMatchObject({ created: 0, updated: 0, failed: 0 });
    }
    expect(await readTasks(world, lead)).toEqual([]);
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
