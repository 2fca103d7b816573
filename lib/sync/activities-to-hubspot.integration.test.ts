import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SalesforceActivityToggle } from "@/lib/decide/connection-settings";
import { act, type Engagement, makePair, readEngagements, readEvents, readTasks, turnOn } from "./testing/activities";
import { editRecord, endWaits, type Fields, findRow, listRows, readHistory } from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(() => world.stop());

async function make(object: string, fields: Fields): Promise<string> {
  const made = await world.salesforceAct("createRecord", { object, fields });
  return (made.result as { id: string }).id;
}

type Kind = {
  toggle: SalesforceActivityToggle;
  type: Engagement;
  object: "Task" | "Event";
  fields: Fields;
  written: Record<string, string>;
  edit: Fields;
  edited: Record<string, string>;
};

const KINDS: Kind[] = [
  {
    toggle: "task",
    type: "tasks",
    object: "Task",
    fields: { Subject: "Send the offer", Description: "Today\n& nicely", Priority: "High", ActivityDate: "2027-01-08" },
    written: {
      hs_task_subject: "Send the offer",
      hs_task_body: "Today<br>&amp; nicely",
      hs_task_priority: "HIGH",
      hs_task_status: "NOT_STARTED",
      // 8:00 in Tokyo, the portal's zone
      hs_timestamp: "2027-01-07T23:00:00.000Z",
    },
    edit: { Status: "In Progress", ActivityDate: "2027-01-09" },
    edited: { hs_task_status: "IN_PROGRESS", hs_timestamp: "2027-01-08T23:00:00.000Z" },
  },
  {
    toggle: "call",
    type: "calls",
    object: "Task",
    fields: {
      ...{ Subject: "Intro call", Description: "Wants two", Status: "Completed", TaskSubtype: "Call" },
      ...{ CallType: "Inbound", CallDurationInSeconds: 61, CallDisposition: "Connected" },
    },
    written: {
      hs_call_title: "Intro call",
      hs_call_body: "Wants two",
      hs_call_direction: "INBOUND",
      hs_call_duration: "61000",
      hs_call_disposition: "f240bbac-87c9-4f6e-bf70-924b57d47db7",
    },
    edit: { Subject: "First call" },
    edited: { hs_call_title: "First call" },
  },
  {
    toggle: "email",
    type: "emails",
    object: "Task",
    fields: { Subject: "Email: Our offer", Description: "Dear Ms Mori", Status: "Completed", TaskSubtype: "Email" },
    written: { hs_email_subject: "Our offer", hs_email_text: "Dear Ms Mori", hs_email_direction: "EMAIL" },
    edit: { Description: "Dear Ms Mori,\nhello" },
    edited: { hs_email_text: "Dear Ms Mori,\nhello" },
  },
  {
    toggle: "event",
    type: "meetings",
    object: "Event",
    fields: {
      ...{ Subject: "Demo", Location: "Room 3", Description: "Bring tea" },
      ...{ StartDateTime: "2027-01-08T01:00:00.000Z", EndDateTime: "2027-01-08T01:45:00.000Z" },
    },
    written: {
      hs_meeting_title: "Demo",
      hs_meeting_location: "Room 3",
      hs_meeting_body: "Bring tea",
      hs_meeting_start_time: "2027-01-08T01:00:00.000Z",
      hs_meeting_end_time: "2027-01-08T01:45:00.000Z",
    },
    edit: { Location: "Room 4" },
    edited: { hs_meeting_location: "Room 4" },
  },
];

describe.each(KINDS)("Salesforce's $toggle in HubSpot", (kind) => {
  const names = [...Object.keys(kind.written), "kakehashi_salesforce_id"];
  const read = (contact: string) => readEngagements(world, kind.type, contact, names);
  const happen = (lead: string) => make(kind.object, { ...kind.fields, WhoId: lead });

  it("A4: it stands once on the contact, later edits follow, and it never comes back", async () => {
    const { contact, lead } = await makePair(world, newEmail("on"));
    await turnOn(world, { salesforce: [kind.toggle], hubspot: ["task", "call", "meeting", "sales_email_sent"] });
    const id = await happen(lead);
    await world.sync();
    const [copy, ...more] = await read(contact);
    expect(more).toEqual([]);
    expect(copy?.properties).toMatchObject({ ...kind.written, kakehashi_salesforce_id: id });
    expect((await findRow(id)).state).toBe("in_sync");
    await editRecord(world, kind.object as "Lead", id, kind.edit);
    await world.sync();
    await world.sync();
    const after = await read(contact);
    expect(after).toEqual([expect.objectContaining({ id: copy?.id })]);
    expect(after[0]?.properties).toMatchObject({ ...kind.written, ...kind.edited });
    const there = kind.object === "Event" ? await readEvents(world, lead) : await readTasks(world, lead);
    expect(there).toEqual([expect.objectContaining({ Id: id, HubSpot_Activity_Id__c: null })]);
    const history = await readHistory((await findRow(id)).id);
    expect(history.map((entry) => entry.outcome)).toEqual(["created_in_hubspot", "updated"]);
  });

  it("A4: off, it leaves no trace; turned on, what was before stays where it is; of nobody, it stays there", async () => {
    const { contact, lead } = await makePair(world, newEmail("off"));
    await turnOn(world, {});
    const before = await happen(lead);
    await new Promise((resolve) => setTimeout(resolve, 1_100 - (Date.now() % 1_000)));
    await turnOn(world, { salesforce: [kind.toggle] });
    const after = await happen(lead);
    const ofNobody = await make(kind.object, kind.fields);
    await world.sync();
    expect(await listRows(before)).toEqual([]);
    expect(await listRows(ofNobody)).toEqual([]);
    const [copy, ...more] = await read(contact);
    expect(more).toEqual([]);
    expect(copy?.properties.kakehashi_salesforce_id).toBe(after);
  });

  it("A5: it waits with a lead that does not sync, and follows it", async () => {
    await turnOn(world, { salesforce: [kind.toggle] });
    const lead = await make("Lead", { LastName: "Nobody", Company: "Acme" });
    const id = await happen(lead);
    await world.sync();
    expect(await findRow(id)).toMatchObject({ state: "excluded", exclusionReason: "waiting_for_parent" });
    const email = newEmail("late");
    await editRecord(world, "Lead", lead, { Email: email });
    await world.sync();
    const [contact] = await world.findContact(email);
    expect(await read(contact?.id ?? "")).toEqual([
      expect.objectContaining({ properties: expect.objectContaining(kind.written) }),
    ]);
  });

  it("E3: HubSpot's refusal makes it fail alone; tried again it stands once", async () => {
    const { contact, lead } = await makePair(world, newEmail("refused"));
    await turnOn(world, { salesforce: [kind.toggle] });
    const refusal = { status: "error", category: "VALIDATION_ERROR", message: "Property values were not valid" };
    await world.door("hubspot", "PUT", "/__sandbox/faults", [
      {
        match: { method: "POST", path: `/crm/objects/2026-03/${kind.type}/batch/upsert` },
        do: { status: 400, body: refusal },
      },
    ]);
    const id = await happen(lead);
    await world.sync();
    expect((await findRow(id)).state).toBe("failing");
    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
    await endWaits();
    await world.sync();
    expect(await read(contact)).toHaveLength(1);
    expect((await findRow(id)).state).toBe("in_sync");
  });
});

it("A3, A4: the copies of an Event that Salesforce keeps for each invited user make no meetings of their own", async () => {
  const { contact, lead } = await makePair(world, newEmail("invited"));
  await turnOn(world, { salesforce: ["event"] });
  const times = { StartDateTime: "2027-01-08T01:00:00.000Z", EndDateTime: "2027-01-08T01:45:00.000Z" };
  const eventId = await make("Event", { Subject: "Board", WhoId: lead, ...times });
  const users = await world.soql("SELECT Id FROM User WHERE IsActive = true LIMIT 2");
  for (const { Id } of users) await world.salesforceAct("inviteUser", { eventId, userId: Id });
  await world.sync();
  expect(await readEvents(world, lead)).toHaveLength(3);
  expect(await readEngagements(world, "meetings", contact, ["hs_meeting_title"])).toHaveLength(1);
});

describe("tasks both ways", () => {
  it("T9, A4: completed in either, completed in the other; nothing comes back", async () => {
    const { contact, lead } = await makePair(world, newEmail("both"));
    await turnOn(world, { hubspot: ["task"], salesforce: ["task"] });
    const made = await act(world, "createTask", { id: contact, subject: "From HubSpot" });
    const own = await make("Task", { Subject: "From Salesforce", WhoId: lead });
    await world.sync();
    const tasks = await readTasks(world, lead);
    expect(tasks.map((task) => task.Subject).toSorted()).toEqual(["From HubSpot", "From Salesforce"]);
    const copy = tasks.find((task) => task.Subject === "From HubSpot");
    expect(copy?.OwnerId).not.toBeNull();
    const there = await readEngagements(world, "tasks", contact, ["hs_task_subject"]);
    expect(there).toHaveLength(2);

    await editRecord(world, "Task" as "Lead", String(copy?.Id), { Status: "Completed" });
    const other = there.find(({ id }) => id !== made);
    await world.door("hubspot", "PATCH", `/crm/v3/objects/tasks/${other?.id}`, {
      properties: { hs_task_status: "COMPLETED" },
    });
    await world.sync();
    const names = ["hs_task_status", "hs_task_subject"];
    for (const { properties } of await readEngagements(world, "tasks", contact, names)) {
      expect(properties.hs_task_status).toBe("COMPLETED");
    }
    expect((await readTasks(world, lead)).map((task) => task.Status)).toEqual(["Completed", "Completed"]);
    expect((await findRow(own)).state).toBe("in_sync");
    await world.sync();
    await world.clearCalls();
    await world.sync();
    const { calls } = (await world.door("hubspot", "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
    expect(calls.filter(({ path }) => !path.endsWith("/search"))).toEqual([]);
    expect(await readTasks(world, lead)).toHaveLength(2);
  });
});
