import { afterAll, beforeAll, expect, it } from "vitest";
import { act, makePair, readEvents, readTasks, turnOn } from "./testing/activities";
import { editContact, findRow, listRows, makeContact } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let pair: { contact: string; lead: string };
let count = 0;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  pair = await makePair(world, "first@example.com");
  await turnOn(world, { hubspot: ["note", "meeting"] });
});
afterAll(() => world.stop());

const newPair = () => makePair(world, `bad-${++count}@example.com`);

async function associate(noteId: string, contactId: string): Promise<void> {
  await world.door("hubspot", "PUT", `/crm/v4/objects/notes/${noteId}/associations/default/contacts/${contactId}`);
}

async function makeNote(body: string): Promise<string> {
  const made = await world.door("hubspot", "POST", "/crm/v3/objects/notes", {
    properties: { hs_note_body: body, hs_timestamp: Date.now() },
  });
  return String(made.id);
}

it("A2: the longest note, of broken HTML, fits a Task and leaves no tag; others go along with it", async () => {
  const { contact, lead } = await newPair();
  const long = `<p>Long &amp; <b>wide</p><script>alert(1)</script>${"<li>あ</i> ".repeat(5_000)}`.slice(0, 65_536);
  await act(world, "addNote", { id: contact, body: long });
  await act(world, "addNote", { id: contact, body: "" });
  await act(world, "addNote", { id: contact, body: "<p> </p>" });
  await world.sync();
  const tasks = await readTasks(world, lead);
  expect(tasks.map((task) => task.Subject).toSorted()).toEqual([
    "HubSpot – Note",
    "HubSpot – Note",
    "HubSpot – Note: Long & wide",
  ]);
  const text = String(tasks.find((task) => task.Description !== null)?.Description);
  expect(text.length).toBeLessThanOrEqual(32_000);
  expect(text).not.toMatch(/[<>]|alert/);
});

it("A2: a meeting without an end, and one that ends before its start, are Events that Salesforce takes", async () => {
  const { contact, lead } = await newPair();
  const start = Date.UTC(2027, 0, 8, 1);
  const properties = { hs_meeting_end_time: null };
  await act(world, "scheduleMeeting", { id: contact, title: "No end", startMs: start, properties });
  const early = { hs_meeting_end_time: start - 3_600_000 };
  await act(world, "scheduleMeeting", { id: contact, title: "Early", startMs: start, properties: early });
  const never = { hs_meeting_start_time: null, hs_meeting_end_time: null };
  await act(world, "scheduleMeeting", { id: contact, title: "No start", startMs: start, properties: never });
  await world.sync();
  const events = await readEvents(world, lead);
  expect(events).toHaveLength(3);
  for (const event of events) {
    expect(event).toMatchObject({
      StartDateTime: "2027-01-08T01:00:00.000+0000",
      EndDateTime: "2027-01-08T01:30:00.000+0000",
    });
  }
});

it("A2: of nobody it is excluded and says why, until it is associated; with ten contacts it stands on one", async () => {
  const alone = await makeNote("<p>Of nobody</p>");
  await world.sync();
  expect(await findRow(alone)).toMatchObject({ state: "excluded", exclusionReason: "no_contact" });
  const late = await newPair();
  await associate(alone, late.contact);
  await world.sync();
  expect(await readTasks(world, late.lead)).toMatchObject([{ Description: "Of nobody" }]);

  const pairs: { contact: string; lead: string }[] = [];
  for (let number = 0; number < 9; number += 1) pairs.push(await newPair());
  const silent = await makeContact(world, { lastname: "Silent", company: "Acme" });
  const shared = await makeNote("<p>Of ten</p>");
  for (const { contact } of pairs.toReversed()) await associate(shared, contact);
  await associate(shared, silent);
  await world.sync();
  const leads = await Promise.all(pairs.map(({ lead }) => readTasks(world, lead)));
  expect(leads.map((tasks) => tasks.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
  const edit = { properties: { hs_note_body: "<p>Of ten, edited</p>" } };
  await world.door("hubspot", "PATCH", `/crm/v3/objects/notes/${shared}`, edit);
  await world.sync();
  expect(await readTasks(world, pairs[0]?.lead ?? "")).toMatchObject([{ Description: "Of ten, edited" }]);
});

it("C3: a note deleted in HubSpot leaves its Task, and one deleted before it was seen leaves nothing", async () => {
  const { contact, lead } = await newPair();
  const kept = await act(world, "addNote", { id: contact, body: "kept" });
  await world.sync();
  const gone = await act(world, "addNote", { id: contact, body: "gone" });
  for (const id of [kept, gone]) await world.door("hubspot", "DELETE", `/crm/v3/objects/notes/${id}`);
  await world.sync();
  expect(await readTasks(world, lead)).toHaveLength(1);
  expect(await listRows(gone)).toEqual([]);
});

it("A5: one that waits is not written once its toggle is off, and another one's words are in Japanese", async () => {
  const contact = await makeContact(world, { lastname: "Waits", company: "Acme" });
  const id = await act(world, "addNote", { id: contact, body: "waits" });
  await world.sync();
  expect((await findRow(id)).exclusionReason).toBe("waiting_for_parent");
  await turnOn(world, { hubspot: ["meeting"] });
  const email = "waits@example.com";
  await editContact(world, contact, { email });
  await world.sync();
  const [lead] = await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`);
  expect(await readTasks(world, String(lead?.Id))).toEqual([]);
  expect((await findRow(id)).exclusionReason).toBe("activity_off");

  await changeWorld(world, { activityLanguage: "ja" });
  await act(world, "scheduleMeeting", { id: pair.contact, title: "定例" });
  await world.sync();
  expect(await readEvents(world, pair.lead)).toMatchObject([{ Subject: "HubSpot – ミーティング：定例" }]);
});
