import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActivityToggle } from "@/lib/decide/activity-toggles";
import { getDatabase } from "@/lib/store/client";
import { act, type Engagement, editEngagement, makePair, readEvents, readTasks, turnOn } from "./testing/activities";
import { editContact, endWaits, findRow, listRows, makeContact, readHistory } from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(() => world.stop());

type Kind = {
  code: string;
  toggle: ActivityToggle;
  type: Engagement;
  object: "Task" | "Event";
  action: string;
  body: Record<string, unknown>;
  written: Record<string, unknown>;
  edit: Record<string, string>;
  edited: Record<string, unknown>;
};

const KINDS: Kind[] = [
  {
    code: "T4",
    toggle: "sales_email_sent",
    type: "emails",
    object: "Task",
    action: "sendSalesEmail",
    body: { subject: "Our offer", text: "Dear Ms Mori" },
    written: { Subject: "HubSpot – Email sent: Our offer", Status: "Completed", TaskSubtype: "Email" },
    edit: { hs_email_subject: "Our second offer" },
    edited: { Subject: "HubSpot – Email sent: Our second offer" },
  },
  {
    code: "T5",
    toggle: "meeting",
    type: "meetings",
    object: "Event",
    action: "scheduleMeeting",
    body: { title: "Demo", startMs: Date.UTC(2027, 0, 8, 1), minutes: 45, location: "Room 3" },
    written: {
      Subject: "HubSpot – Meeting: Demo",
      StartDateTime: "2027-01-08T01:00:00.000+0000",
      EndDateTime: "2027-01-08T01:45:00.000+0000",
      Location: "Room 3",
    },
    edit: { hs_meeting_location: "Room 4" },
    edited: { Location: "Room 4" },
  },
  {
    code: "T6",
    toggle: "call",
    type: "calls",
    object: "Task",
    action: "logCall",
    body: { title: "Intro", body: "<p>Wants <b>two</b></p>", durationMs: 61_000 },
    written: {
      Subject: "HubSpot – Call: Intro",
      Description: "Wants two",
      Status: "Completed",
      IsClosed: true,
      TaskSubtype: "Call",
      CallDurationInSeconds: 61,
      CallType: "Outbound",
      CallDisposition: "Connected",
    },
    edit: { hs_call_body: "<p>Wants three</p>" },
    edited: { Description: "Wants three" },
  },
  {
    code: "T7",
    toggle: "note",
    type: "notes",
    object: "Task",
    action: "addNote",
    body: { body: "<p>Met at the fair</p><ul><li>likes tea</li></ul>" },
    written: {
      Subject: "HubSpot – Note: Met at the fair",
      Description: expect.stringContaining("- likes tea"),
      Status: "Completed",
      TaskSubtype: "Task",
    },
    edit: { hs_note_body: "<p>Met at the fair</p><p>twice</p>" },
    edited: { Description: expect.stringContaining("twice") },
  },
  {
    code: "T9",
    toggle: "task",
    type: "tasks",
    object: "Task",
    action: "createTask",
    body: { subject: "Send the offer", body: "<p>Today</p>", priority: "HIGH", dueMs: Date.UTC(2027, 0, 8, 1) },
    written: {
      Subject: "Send the offer",
      Description: "Today",
      Status: "Not Started",
      Priority: "High",
      ActivityDate: "2027-01-08",
    },
    edit: { hs_task_status: "COMPLETED" },
    edited: { Status: "Completed", IsClosed: true },
  },
];

describe.each(KINDS)("$code: $action", (kind) => {
  const read = (whoId: string) => (kind.object === "Event" ? readEvents(world, whoId) : readTasks(world, whoId));
  const happen = (contact: string) => act(world, kind.action, { id: contact, ...kind.body });

  it(`${kind.code}, A2, A3: it stands once on the lead, later edits follow, and the contact tells why it was synced`, async () => {
    const { contact, lead } = await makePair(world, newEmail("on"));
    await turnOn(world, { hubspot: [kind.toggle] });
    const id = await happen(contact);
    await world.sync();
    const [copy, ...more] = await read(lead);
    expect(more).toEqual([]);
    expect(copy).toMatchObject({ ...kind.written, WhoId: lead, WhatId: null });
    expect(copy?.HubSpot_Activity_Id__c).toBe(`${kind.type.slice(0, -1)}:${id}`);
    expect((await findRow(contact)).lastTriggers).toMatchObject([{ code: kind.code, side: "hubspot" }]);
    expect((await findRow(id)).state).toBe("in_sync");

    await editEngagement(world, kind.type, id, kind.edit);
    await world.sync();
    expect(await read(lead)).toEqual([expect.objectContaining({ ...kind.written, ...kind.edited, Id: copy?.Id })]);
    const history = await readHistory((await findRow(id)).id);
    expect(history.map((entry) => entry.outcome)).toEqual(["created_in_salesforce", "updated"]);

    await world.clearCalls();
    await world.sync();
    expect(await world.calls()).toEqual({ hubspot: 2, salesforce: 1 });
  });

  it(`${kind.code}, A1: off, it is neither a trigger nor a record; turned on, what was before stays where it is`, async () => {
    const { contact, lead } = await makePair(world, newEmail("off"));
    await turnOn(world, {});
    const before = await happen(contact);
    await world.sync();
    expect(await listRows(before)).toEqual([]);
    await turnOn(world, { hubspot: [kind.toggle] });
    const after = await happen(contact);
    await world.sync();
    expect(await listRows(before)).toEqual([]);
    expect(await read(lead)).toEqual([
      expect.objectContaining({ HubSpot_Activity_Id__c: expect.stringContaining(after) }),
    ]);
  });

  it(`A5: it waits with a contact that does not sync, and follows it`, async () => {
    await turnOn(world, { hubspot: [kind.toggle] });
    const contact = await makeContact(world, { lastname: "Nobody", company: "Acme" });
    const id = await happen(contact);
    await world.sync();
    expect(await findRow(id)).toMatchObject({ state: "excluded", exclusionReason: "waiting_for_parent" });
    const email = newEmail("late");
    await editContact(world, contact, { email });
    await world.sync();
    const [lead] = await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`);
    expect(await read(String(lead?.Id))).toEqual([expect.objectContaining(kind.written)]);
    expect((await findRow(id)).state).toBe("in_sync");
  });

  it(`G3: Salesforce refuses it: it fails with Salesforce's words and stands once when that is mended`, async () => {
    const { contact, lead } = await makePair(world, newEmail("refused"));
    await turnOn(world, { hubspot: [kind.toggle] });
    const rule = { object: kind.object, name: `No_${kind.code}` };
    await world.salesforceAct("addValidationRule", {
      ...rule,
      errorCondition: "NOT(ISBLANK(Subject))",
      errorMessage: "Not in this org",
    });
    const id = await happen(contact);
    await world.sync();
    const row = await findRow(id);
    expect(row.state).toBe("failing");
    const [error] = await getDatabase().syncError.findMany({ where: { recordId: row.id } });
    expect(error).toMatchObject({ type: "validation_rule", side: "salesforce", remoteMessage: "Not in this org" });
    expect(await read(lead)).toEqual([]);
    await world.salesforceAct("removeValidationRule", rule);
    await endWaits();
    await world.sync();
    expect(await read(lead)).toEqual([expect.objectContaining(kind.written)]);
    expect((await findRow(id)).state).toBe("in_sync");
  });
});
