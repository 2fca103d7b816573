import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { act, makePair, readTasks, turnOn } from "./testing/activities";
import { findRow, makeContact, settle } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
beforeEach(async () => {
  await turnOn(world, { hubspot: [...MARKETING, "sales_email_opened", "sales_email_clicked", "document_view"] });
  await changeWorld(world, { rollUpEmailEvents: true });
});
afterAll(() => world.stop());

const MARKETING = ["marketing_email_sent", "marketing_email_opened", "marketing_email_clicked"] as const;
const reasonsOf = async (contact: string): Promise<string[]> =>
  ((await findRow(contact)).lastTriggers as { code: string }[]).map(({ code }) => code);
const eventCalls = async (): Promise<string[]> => {
  const { calls } = (await world.door("hubspot", "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
  return calls.map(({ path }) => path).filter((path) => path.startsWith("/email/public"));
};

describe("marketing emails", () => {
  it("T3, A2, A3: a mail with its opens and clicks is one Task, one call for each kind that moved", async () => {
    const email = newEmail("mail");
    const { contact, lead } = await makePair(world, email);
    await world.clearCalls();
    await act(world, "sendMarketingEmail", { email, emailName: "Autumn news", subject: "What is new" });
    await act(world, "openMarketingEmail", { email });
    await act(world, "clickMarketingEmail", { email, url: "https://example.com/offer" });
    await world.sync();
    expect(await reasonsOf(contact)).toEqual(["T3"]);
    expect(await eventCalls()).toHaveLength(4);
    const [task, ...more] = await readTasks(world, lead);
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      Subject: "HubSpot – Marketing email sent: Autumn news",
      Status: "Completed",
      TaskSubtype: "Email",
      HubSpot_Activity_Id__c: expect.stringMatching(/^marketing_email:/),
    });
    for (const part of [
      "Subject: What is new",
      "Opened (times): 1",
      "Clicked (times): 1",
      "https://example.com/offer",
    ]) {
      expect(task?.Description).toContain(part);
    }
    await world.clearCalls();
    await settle(world);
    expect(await eventCalls()).toEqual([]);
  });

  it("T3, A3: 300 opens of one mail change its one Task and make no other", async () => {
    const email = newEmail("many");
    const { lead } = await makePair(world, email);
    await act(world, "sendMarketingEmail", { email });
    await settle(world);
    for (let n = 0; n < 300; n += 1) await world.hubspotAct("openMarketingEmail", { email });
    await settle(world);
    const [task, ...more] = await readTasks(world, lead);
    expect(more).toEqual([]);
    expect(task?.Description).toContain("Opened (times): 300");
  });

  it("T3, A3: without rolling up each event is a Task of its own, each once", async () => {
    await changeWorld(world, { rollUpEmailEvents: false });
    const email = newEmail("each");
    const { lead } = await makePair(world, email);
    await act(world, "sendMarketingEmail", { email, emailName: "Each" });
    await act(world, "openMarketingEmail", { email });
    await settle(world);
    await act(world, "openMarketingEmail", { email });
    await settle(world);
    expect((await readTasks(world, lead)).map(({ Subject }) => Subject).sort()).toEqual([
      "HubSpot – Marketing email opened: Each",
      "HubSpot – Marketing email opened: Each",
      "HubSpot – Marketing email sent: Each",
    ]);
  });

  it("T3, A1: an event whose toggle is off neither triggers nor is written, and is not written later", async () => {
    await turnOn(world, { hubspot: ["marketing_email_opened"] });
    const email = newEmail("toggle");
    const { contact, lead } = await makePair(world, email);
    await act(world, "sendMarketingEmail", { email, emailName: "Half" });
    await settle(world);
    expect(await readTasks(world, lead)).toEqual([]);
    expect(await reasonsOf(contact)).not.toContain("T3");
    await turnOn(world, { hubspot: ["marketing_email_opened", "marketing_email_sent"] });
    await act(world, "openMarketingEmail", { email });
    await settle(world);
    expect((await readTasks(world, lead)).map(({ Subject }) => Subject)).toEqual([
      "HubSpot – Marketing email opened: Half",
    ]);
    expect(await reasonsOf(contact)).toContain("T3");
  });

  it("A5: the mail of a contact outside waits and is written when the contact syncs", async () => {
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    const email = newEmail("outside");
    const contact = await makeContact(world, { email, lastname: "Out", company: "O" });
    await settle(world);
    await act(world, "sendMarketingEmail", { email });
    await settle(world);
    expect((await findRow(contact)).state).toBe("excluded");
    await changeWorld(world, { hubspotToSalesforce: "lead" });
    await world.hubspotAct("updateContact", { id: contact, properties: { phone: "2" } });
    await settle(world);
    expect(await readTasks(world, (await findRow(contact)).salesforceId ?? "")).toHaveLength(1);
  });

  it("T3: a mail to somebody who is no contact (any more) belongs to nobody and holds up nothing", async () => {
    const gone = newEmail("gone");
    const here = newEmail("here");
    const { lead } = await makePair(world, here);
    const contact = await makeContact(world, { email: gone });
    await act(world, "sendMarketingEmail", { email: gone });
    await world.hubspotAct("archiveContact", { id: contact });
    await act(world, "sendMarketingEmail", { email: here });
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(1);
    const rows = await getDatabase().syncRecord.findMany({ where: { exclusionReason: "no_contact" } });
    expect(rows).toHaveLength(1);
  });

  it("T3: a reading that was cut short goes on where it stopped, and what came meanwhile is read as well", async () => {
    const email = newEmail("short");
    const { lead } = await makePair(world, email);
    await act(world, "sendMarketingEmail", { email, emailName: "First" });
    await settle(world);
    await act(world, "sendMarketingEmail", { email, emailName: "Second" });
    // As if a page had been saved from the second mail on, and the first one were still to be read.
    await getDatabase().$executeRaw`
      UPDATE event_feed SET before = wanted_until, top = wanted_until, wanted_until = now() WHERE name = 'marketing_email_sent'`;
    for (let round = 0; round < 4; round += 1) await world.sync();
    expect(await readTasks(world, lead)).toHaveLength(2);
  });
});

describe("sales emails and documents", () => {
  it("T4, A2: an open and a click of a sales email trigger the contact and are a Task each, once", async () => {
    const email = newEmail("sales");
    const { contact, lead } = await makePair(world, email);
    await act(world, "sendSalesEmail", { email });
    await act(world, "openSalesEmail", { email });
    await act(world, "clickSalesEmail", { email });
    await settle(world);
    expect(await reasonsOf(contact)).toEqual(["T4"]);
    expect((await readTasks(world, lead)).map(({ Subject }) => Subject).sort()).toEqual([
      "HubSpot – Sales email clicked",
      "HubSpot – Sales email opened",
    ]);
    await world.hubspotAct("updateContact", { id: contact, properties: { phone: "3" } });
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(2);
    await act(world, "openSalesEmail", { email });
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(3);
  });

  it("T8, A2: a viewed document triggers the contact and is a Task, in the portal's language", async () => {
    await changeWorld(world, { activityLanguage: "ja" });
    const email = newEmail("document");
    const { contact, lead } = await makePair(world, email);
    await act(world, "viewDocument", { email });
    await settle(world);
    expect(await reasonsOf(contact)).toEqual(["T8"]);
    expect(await readTasks(world, lead)).toMatchObject([
      { Subject: "HubSpot – ドキュメント閲覧", Status: "Completed", TaskSubtype: "Task" },
    ]);
    await changeWorld(world, { activityLanguage: "en" });
  });

  it("T4, T8, A1: with the toggles off nothing is triggered or written, and what happened before they came on stays out", async () => {
    await turnOn(world, {});
    const email = newEmail("quiet");
    const { contact, lead } = await makePair(world, email);
    await act(world, "sendSalesEmail", { email });
    await act(world, "openSalesEmail", { email });
    await act(world, "viewDocument", { email });
    await settle(world);
    expect(await reasonsOf(contact)).not.toContain("T4");
    await turnOn(world, { hubspot: ["sales_email_opened", "document_view"] });
    await world.hubspotAct("updateContact", { id: contact, properties: { phone: "4" } });
    await settle(world);
    expect(await readTasks(world, lead)).toEqual([]);
  });
});
