import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HUBSPOT_TYPE_IDS } from "@/lib/decide/hubspot-type-ids";
import { getDatabase } from "@/lib/store/client";
import { saveWakeUps } from "@/lib/store/wake-ups";
import { drainWoken } from "./drain-woken";
import { syncRecordNow } from "./sync-now";
import { act, makePair, readTasks, turnOn } from "./testing/activities";
import { findRow, makeContact, readHistory, settle } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
beforeEach(() => turnOn(world, { hubspot: ["form_submission"] }));
afterAll(() => world.stop());

const submit = (body: Record<string, unknown>) => act(world, "submitForm", body);

describe("HubSpot's form submissions in Salesforce", () => {
  it("T2, A2, A3: a submission makes its contact due and becomes one completed Task with the submitted fields", async () => {
    const email = newEmail("form");
    const { contact, lead } = await makePair(world, email);
    await submit({ email, properties: { phone: "03-1234-5678" }, pageUrl: "https://example.com/contact" });
    await settle(world);
    const [task, ...more] = await readTasks(world, lead);
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      Subject: "HubSpot – Form submitted: Contact us",
      Status: "Completed",
      IsClosed: true,
      Priority: "Normal",
      TaskSubtype: "Task",
      ActivityDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      HubSpot_Activity_Id__c: expect.stringMatching(/^form_submission:[0-9a-f-]{36}$/),
    });
    for (const part of ["https://example.com/contact", `email: ${email}`, "phone: 03-1234-5678"]) {
      expect(task?.Description).toContain(part);
    }
    const codes = (await readHistory((await findRow(contact)).id)).flatMap((entry) =>
      entry.triggers.map(({ code }) => code),
    );
    expect(codes).toContain("T2");
  });

  it("A3: a second submission makes a second Task, a second look at the first makes none, and nothing is asked for", async () => {
    const email = newEmail("twice");
    const { lead } = await makePair(world, email);
    await submit({ email });
    await settle(world);
    await submit({ email });
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(2);
    await getDatabase().$executeRaw`UPDATE event_feed SET done_until = now() - interval '1 hour', wanted_until = now()`;
    await settle(world);
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(2);
    await settle(world);
    await world.clearCalls();
    await world.sync();
    const { calls } = (await world.door("hubspot", "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
    expect(calls.filter(({ path }) => path.includes("form-integrations"))).toEqual([]);
  });

  it("T2: two forms submitted between two checks both count, although the contact names the last one only", async () => {
    const email = newEmail("both");
    const { lead } = await makePair(world, email);
    await submit({ email, formName: "Newsletter" });
    await submit({ email, formName: "A form nobody knew" });
    await settle(world);
    expect((await readTasks(world, lead)).map(({ Subject }) => Subject).sort()).toEqual([
      "HubSpot – Form submitted: A form nobody knew",
      "HubSpot – Form submitted: Newsletter",
    ]);
  });

  it("T2, T17: two forms count although the contact was read between their submission and the check", async () => {
    const email = newEmail("read");
    const { contact, lead } = await makePair(world, email);
    await submit({ email, formName: "Read too early" });
    await submit({ email, formName: "Read in time" });
    const { id } = await findRow(contact);
    expect(await syncRecordNow(world.connectionId, id, "tester@example.com")).toMatchObject({ kind: "done" });
    await settle(world);
    expect((await readTasks(world, lead)).map(({ Subject }) => Subject).sort()).toEqual([
      "HubSpot – Form submitted: Read in time",
      "HubSpot – Form submitted: Read too early",
    ]);
  });

  it("T2, T18: two forms of a new contact count although a webhook made it known before the check", async () => {
    const email = newEmail("woken");
    await submit({ email, formName: "Woken too early", properties: { lastname: "Woken", company: "W" } });
    await submit({ email, formName: "Woken in time" });
    const contact = (await world.findContact(email))[0]?.id ?? "";
    await saveWakeUps(getDatabase(), world.connectionId, "hubspot", [
      { type: HUBSPOT_TYPE_IDS.contact, remoteId: contact, fields: [] },
    ]);
    await drainWoken(world.connectionId, async () => false);
    const lead = (await findRow(contact)).salesforceId ?? "";
    expect(lead).toMatch(/^00Q/);
    await settle(world);
    expect((await readTasks(world, lead)).map(({ Subject }) => Subject).sort()).toEqual([
      "HubSpot – Form submitted: Woken in time",
      "HubSpot – Form submitted: Woken too early",
    ]);
  });

  it("T2, A1: with the toggle off the contact is synced because of the form, and no Task is written, then or later", async () => {
    await turnOn(world, {});
    const email = newEmail("off");
    const { contact, lead } = await makePair(world, email);
    await submit({ email, properties: { phone: "1" } });
    await settle(world);
    expect((await findRow(contact)).lastTriggers).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: "T2" })]),
    );
    await turnOn(world, { hubspot: ["form_submission"] });
    await settle(world);
    expect(await readTasks(world, lead)).toEqual([]);
  });

  it("A5: the submission of a contact that does not sync waits with it and is written when it syncs", async () => {
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    const email = newEmail("waits");
    const contact = await makeContact(world, { email, lastname: "Waits", company: "W" });
    await settle(world);
    await submit({ email });
    await settle(world);
    const [waiting] = await getDatabase().syncRecord.findMany({
      where: { object: "form_submission", waitsFor: { has: `contact/hubspot/${contact}` } },
    });
    expect(waiting).toMatchObject({ state: "excluded", exclusionReason: "waiting_for_parent" });
    await changeWorld(world, { hubspotToSalesforce: "lead" });
    await world.hubspotAct("updateContact", { id: contact, properties: { phone: "2" } });
    await settle(world);
    const row = await findRow(contact);
    expect(await readTasks(world, row.salesforceId ?? "")).toHaveLength(1);
  });

  it("T2, E1: a Task that Salesforce refuses fails with the reason and is written once it may be", async () => {
    const email = newEmail("refused");
    const { contact, lead } = await makePair(world, email);
    await world.salesforceAct("addValidationRule", {
      object: "Task",
      name: "No_forms",
      errorCondition: "CONTAINS(Subject, 'Form submitted')",
      errorMessage: "No forms here",
    });
    await submit({ email });
    await settle(world);
    const [failing] = await getDatabase().syncRecord.findMany({
      where: { object: "form_submission", hubspotSeen: { path: ["contact_id"], equals: contact } },
    });
    expect(failing?.state).toBe("failing");
    expect((await findRow(contact)).state).toBe("in_sync");
    await world.salesforceAct("removeValidationRule", { object: "Task", name: "No_forms" });
    await getDatabase().$executeRaw`UPDATE sync_record SET next_attempt_at = now() - interval '1 second'`;
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(1);
  });

  it("A2: the words of a Japanese portal are Japanese", async () => {
    await changeWorld(world, { activityLanguage: "ja" });
    const email = newEmail("ja");
    const { lead } = await makePair(world, email);
    await submit({ email, formName: "お問い合わせ" });
    await settle(world);
    expect((await readTasks(world, lead))[0]).toMatchObject({
      Subject: "HubSpot – フォーム送信：お問い合わせ",
      Description: expect.stringContaining("フォーム：お問い合わせ"),
    });
    await changeWorld(world, { activityLanguage: "en" });
  });

  it("T2: a form that was deleted, and a conversion that was no form's, hold up nothing", async () => {
    const email = newEmail("gone");
    const { contact, lead } = await makePair(world, email);
    const { result } = (await world.hubspotAct("submitForm", { email, formName: "Soon gone" })) as {
      result: { formGuid: string };
    };
    await world.door("hubspot", "DELETE", `/marketing/v3/forms/${result.formGuid}`);
    await getDatabase().$executeRaw`DELETE FROM event_source`;
    for (let round = 0; round < 5; round += 1) await world.sync();
    expect(await readTasks(world, lead)).toEqual([]);
    const open = await getDatabase().eventFeed.findMany({ where: { name: "form:Soon gone" } });
    expect(open.filter((feed) => feed.wantedUntil > feed.doneUntil)).toEqual([]);
    expect((await findRow(contact)).state).toBe("in_sync");
  });
});
