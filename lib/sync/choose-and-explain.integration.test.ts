import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { readConnection } from "@/lib/store/connections";
import { changeSettings } from "./change-connection";
import { searchLists, viewListEffect } from "./choose-lists";
import { explainAny } from "./explain-any";
import { relinkRecord } from "./relink-record";
import {
  editContact,
  editRecord,
  findRow,
  listRows,
  makeContact,
  makeRecord,
  readContact,
  readHistory,
  readRecord,
  settle,
} from "./testing/pairs";
import { changeWorld, makeActiveList } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
beforeEach(() => changeWorld(world, DEFAULT_SETTINGS));
afterAll(() => world.stop());

async function choose(contact: { listId: string; name: string } | null) {
  const connection = await readConnection(world.connectionId);
  return changeSettings(world.connectionId, {
    version: connection?.settingsVersion ?? 1,
    inclusionLists: { contact },
  });
}
const chosen = async () => (await readConnection(world.connectionId))?.settings.inclusionLists.contact;

describe("G2: choosing a list", () => {
  it("G2: only an active list of contacts is taken, under its own name; others are refused by field", async () => {
    const active = await makeActiveList(world, "Active ones", "city", "Active");
    const companies = await makeActiveList(world, "Companies", "city", "Active", "0-2");
    const manual = (await world.hubspotAct("createList", { name: "By hand" })).result as { listId: string };
    for (const [listId, message] of [
      [manual.listId, "list_not_active"],
      [companies, "list_wrong_object"],
      ["424242", "list_deleted"],
      ["../../crm", "list_deleted"],
    ] as const) {
      expect(await choose({ listId, name: "x" })).toEqual({
        kind: "invalid",
        fields: [{ path: "inclusionLists.contact.listId", message }],
      });
      expect(await chosen()).toBeNull();
    }
    expect(await choose({ listId: active, name: "a lie" })).toBe("saved");
    expect(await chosen()).toEqual({ listId: active, name: "Active ones" });
    const found = await searchLists(world.connectionId, { object: "contact", query: "active" });
    expect(found).toEqual({
      lists: [{ id: active, name: "Active ones", size: 0, isActive: true, isChosen: true }],
      hasMore: false,
    });
    // A list that breaks later must not stand in the way of other settings.
    await world.door("hubspot", "DELETE", `/crm/v3/lists/${active}`);
    expect(await choose({ listId: active, name: "x" })).toBe("saved");
    expect(await choose(null)).toBe("saved");
  });

  it("G2: an outage while a list is chosen saves nothing and is told as such", async () => {
    const listId = await makeActiveList(world, "Unreachable", "city", "Unreachable");
    await world.door("hubspot", "PUT", "/__sandbox/faults", [{ match: { path: "/crm/lists" }, do: { status: 503 } }]);
    expect(await choose({ listId, name: "x" })).toMatchObject({ kind: "crm_unavailable" });
    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
    expect(await chosen()).toBeNull();
  });

  it("G4, C2: conditions on fields that are not there are refused", async () => {
    const { settingsVersion: version = 1 } = (await readConnection(world.connectionId)) ?? {};
    const condition = (field: string) => ({ field, operator: "is" as const, values: ["x"] });
    expect(
      await changeSettings(world.connectionId, {
        version,
        salesforceFilter: { Lead: [condition("LeadSource"), condition("Nope__c")] },
        leadOrContactRules: [{ conditions: [condition("nope")], create: "Lead" }],
      }),
    ).toEqual({
      kind: "invalid",
      fields: [
        { path: "salesforceFilter.Lead.1.field", message: "field_unknown" },
        { path: "leadOrContactRules.0.conditions.0.field", message: "field_unknown" },
      ],
    });
  });

  it("G2: the effect of a list names who would start and who would stop, and changes nothing", async () => {
    const [first, second] = [
      await makeActiveList(world, "First", "city", "First"),
      await makeActiveList(world, "Second", "city", "Second"),
    ];
    const stays = await makeContact(world, { email: newEmail("first"), lastname: "Stops", city: "First" });
    await makeContact(world, { email: newEmail("second"), lastname: "Starts", city: "Second" });
    await settle(world);
    const without = await viewListEffect(world.connectionId, first, "contact");
    expect(without).toMatchObject({ name: "First", size: 1, isComplete: true, wouldSync: { count: 0 } });
    expect(without).toHaveProperty(
      "wouldStop.samples",
      expect.arrayContaining([expect.objectContaining({ name: "Starts" })]),
    );
    await choose({ listId: first, name: "First" });
    await settle(world);
    const effect = await viewListEffect(world.connectionId, second, "contact");
    expect(effect).toMatchObject({
      wouldSync: { count: 1, samples: [{ name: "Starts" }] },
      wouldStop: { count: 1, samples: [{ hubspotId: stays, name: "Stops" }] },
    });
    expect(await viewListEffect(world.connectionId, "424242", "contact")).toBe("not_found");
    expect(await viewListEffect(world.connectionId, second, "company")).toBe("not_found");
  });
});

describe("G6: why a record is (not) syncing", () => {
  const closed = (answer: Awaited<ReturnType<typeof explainAny>>) =>
    typeof answer === "string" ? answer : answer.gates.filter((gate) => !gate.passed).map((gate) => gate.name);

  it("G6: a known record by either id, with its state", async () => {
    const id = await makeContact(world, { email: newEmail("known"), lastname: "Known", company: "C" });
    await settle(world);
    const { salesforceId, id: recordId } = await findRow(id);
    const answer = await explainAny(world.connectionId, { hubspotId: id, object: "contact" });
    expect(answer).toMatchObject({ recordId, state: "in_sync", found: "known", salesforceId });
    expect(closed(answer)).toEqual([]);
    expect(await explainAny(world.connectionId, { salesforceId: salesforceId ?? "", object: "contact" })).toMatchObject(
      { recordId },
    );
    const short = (salesforceId ?? "").slice(0, 15);
    const asked = await explainAny(world.connectionId, { salesforceId: short, object: "contact" });
    expect(asked).toMatchObject({ recordId });
  });

  it("G6: a record that no check has seen is read now, and nothing comes of it", async () => {
    const listId = await makeActiveList(world, "Explained", "city", "Explained");
    await choose({ listId, name: "Explained" });
    await settle(world);
    const id = await makeContact(world, { lastname: "No address" });
    const lead = await makeRecord(world, "Lead", { LastName: "Lead", Company: "C" });
    const contact = await explainAny(world.connectionId, { hubspotId: id, object: "contact" });
    expect(contact).toMatchObject({ recordId: null, state: null, found: "here", object: "contact" });
    expect(closed(contact)).toEqual(["in_inclusion_list", "has_email"]);
    expect(closed(await explainAny(world.connectionId, { salesforceId: lead, object: "contact" }))).toEqual([
      "has_email",
    ]);
    expect([...(await listRows(id)), ...(await listRows(lead))]).toEqual([]);
  });

  it("G6: a person is found by address, known or not, on either side", async () => {
    await choose(null);
    const [known, unseen, lead] = ["known", "unseen", "only-a-lead"].map(newEmail) as [string, string, string];
    const id = await makeContact(world, { email: known, lastname: "Known" });
    await settle(world);
    const ask = (email: string) => explainAny(world.connectionId, { email, object: "contact" });
    expect(await ask(known.toUpperCase())).toMatchObject({ hubspotId: id, state: "in_sync", found: "known" });
    const hubspotId = await makeContact(world, { email: unseen, lastname: "Unseen" });
    expect(await ask(unseen)).toMatchObject({ recordId: null, found: "here", hubspotId });
    const salesforceId = await makeRecord(world, "Lead", { LastName: "Lead", Company: "C", Email: lead });
    expect(await ask(lead)).toMatchObject({ recordId: null, found: "here", salesforceId });
    expect(await ask("nobody@example.com")).toBe("not_found");
  });

  it("G6, C3, M5, G5: deleted, merged, hidden and unknown records say so", async () => {
    const [gone, winner, loser] = await Promise.all(
      ["gone", "winner", "loser"].map((name) => makeContact(world, { email: newEmail(name), lastname: name })),
    );
    await world.hubspotAct("archiveContact", { id: gone });
    await world.hubspotAct("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
    const lead = await makeRecord(world, "Lead", { LastName: "L", Company: "C" });
    await world.salesforceAct("hideRecord", { id: lead });
    const dead = await makeRecord(world, "Contact", { LastName: "D" });
    await world.salesforceAct("deleteRecord", { object: "Contact", id: dead });
    const ask = (query: { hubspotId?: string; salesforceId?: string }) =>
      explainAny(world.connectionId, { ...query, object: "contact" });
    expect(await ask({ hubspotId: String(gone) })).toMatchObject({ found: "deleted" });
    expect(await ask({ hubspotId: String(loser) })).toMatchObject({ found: "merged", survivorId: winner });
    expect(await ask({ hubspotId: "999999999" })).toMatchObject({ found: "not_visible" });
    expect(await ask({ salesforceId: lead })).toMatchObject({ found: "not_visible" });
    const deleted = await ask({ salesforceId: dead });
    expect(deleted).toMatchObject({ found: "deleted" });
    expect(closed(deleted)).toContain("not_deleted");
  });
});

describe("M2: another partner chosen by hand", () => {
  it("M2: the pair goes over to the chosen record, pinned, synced, in history; the old one is let go", async () => {
    const email = newEmail("twin");
    const older = await makeRecord(world, "Contact", { Email: email, LastName: "Twin", Title: "Old" });
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Twin", Company: "C", Title: "Lead" });
    const contact = await makeContact(world, { email, lastname: "Twin" });
    await settle(world);
    const row = await findRow(contact);
    expect(row).toMatchObject({ salesforceId: older, candidates: [{ id: lead }] });
    expect(await relinkRecord(world.connectionId, row.id, lead, "ada@example.com")).toMatchObject({
      kind: "done",
      result: { state: "in_sync" },
    });
    expect(await findRow(contact)).toMatchObject({ salesforceId: lead, candidates: [{ id: older, type: "Contact" }] });
    expect(await readContact(world, contact, ["salesforceleadid", "salesforcecontactid", "jobtitle"])).toEqual({
      salesforceleadid: lead,
      salesforcecontactid: null,
      jobtitle: "Lead",
    });
    expect(await readRecord(world, "Contact", older, ["HubSpot_Contact_Id__c", "Title"])).toEqual({
      HubSpot_Contact_Id__c: null,
      Title: "Old",
    });
    expect(await readRecord(world, "Lead", lead, ["HubSpot_Contact_Id__c"])).toEqual({
      HubSpot_Contact_Id__c: contact,
    });
    const entry = (await readHistory(row.id)).find((one) => one.outcome === "relinked");
    expect(entry?.changes).toMatchObject([{ salesforceField: "Id", before: older, after: lead }]);

    await editRecord(world, "Contact", older, { Title: "Newer" });
    await editContact(world, contact, { mobilephone: "090" });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: lead, state: "in_sync" });
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: "090" });
    expect(await readContact(world, contact, ["jobtitle"])).toEqual({ jobtitle: "Lead" });
  });

  it("M2: a record of another pair, a converted lead, a hidden one and the partner itself are refused", async () => {
    const [one, two] = [newEmail("one"), newEmail("two")];
    const contact = await makeContact(world, { email: one, lastname: "One", company: "C" });
    await makeContact(world, { email: two, lastname: "Two", company: "C" });
    const hidden = await makeRecord(world, "Lead", { LastName: "Hidden", Company: "C" });
    const converted = await makeRecord(world, "Lead", { LastName: "Converted", Company: "C" });
    await world.salesforceAct("convertLead", { leadId: converted });
    await settle(world);
    await world.salesforceAct("hideRecord", { id: hidden });
    const row = await findRow(contact);
    const [other] = await world.soql(`SELECT Id FROM Lead WHERE Email = '${two}'`);
    const why = async (salesforceId: unknown) => {
      const answer = await relinkRecord(world.connectionId, row.id, String(salesforceId), "ada@example.com");
      return answer.kind === "refused" ? answer.why : answer.kind;
    };
    expect(await why(other?.Id)).toBe("linked_elsewhere");
    expect(await why(hidden)).toBe("not_visible");
    expect(await why(converted)).toBe("lead_is_converted");
    expect(await why(row.salesforceId)).toBe("same_record");
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: row.salesforceId, state: "in_sync" });
  });
});
