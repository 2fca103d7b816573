import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACTIVITY_TOGGLES } from "@/lib/decide/activity-toggles";
import { DEFAULT_SETTINGS, SALESFORCE_ACTIVITY_TOGGLES } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { act, makePair, readTasks, turnOn } from "./testing/activities";
import { editContact, findRow, makeContact, settle } from "./testing/pairs";
import { changeWorld, makeActiveList } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(() => world.stop());

describe("events beside the rest of a check", () => {
  it("G2, A5, T2, T3: what a contact outside the inclusion list does waits until the list has it", async () => {
    await turnOn(world, { hubspot: ["form_submission", "marketing_email_sent", "document_view"] });
    const email = newEmail("list");
    const { contact, lead } = await makePair(world, email);
    const listId = await makeActiveList(world, "Kyoto people", "city", "Kyoto");
    await changeWorld(world, {
      inclusionLists: { ...DEFAULT_SETTINGS.inclusionLists, contact: { listId, name: "Kyoto people" } },
    });
    await settle(world);
    await act(world, "submitForm", { email });
    await act(world, "sendMarketingEmail", { email });
    await act(world, "viewDocument", { email });
    await settle(world);
    expect(await readTasks(world, lead)).toEqual([]);
    expect((await findRow(contact)).exclusionReason).toBe("not_in_inclusion_list");
    await editContact(world, contact, { city: "Kyoto" });
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(3);
    await changeWorld(world, { inclusionLists: DEFAULT_SETTINGS.inclusionLists });
  });

  it("A5, T8: what a contact that fails does waits until it syncs", async () => {
    const email = newEmail("fails");
    const rule = { object: "Lead", name: "No_x", errorCondition: "LastName = 'X'", errorMessage: "No X" };
    await world.salesforceAct("addValidationRule", rule);
    const contact = await makeContact(world, { email, lastname: "X", company: "X" });
    await settle(world);
    expect((await findRow(contact)).state).toBe("failing");
    await act(world, "viewDocument", { email });
    await settle(world);
    await editContact(world, contact, { lastname: "Y" });
    await settle(world);
    expect(await readTasks(world, (await findRow(contact)).salesforceId ?? "")).toMatchObject([
      { Subject: "HubSpot – Document viewed" },
    ]);
  });

  it("T2: garbage and dates far ahead on a contact are no news and hold up nothing that follows", async () => {
    const email = newEmail("garbage");
    const { contact, lead } = await makePair(world, email);
    const row = await findRow(contact);
    await getDatabase().syncRecord.update({
      where: { connectionId_id: { connectionId: world.connectionId, id: row.id } },
      data: { hubspotSeen: { ...(row.hubspotBase as object), recent_conversion_date: "not a date" } },
    });
    await act(world, "submitForm", { email });
    await settle(world);
    expect(await readTasks(world, lead)).toHaveLength(1);
  });

  it("Q2: with everything switched on a check with nothing new costs 12 calls at most", async () => {
    const listId = await makeActiveList(world, "Everybody", "city", "Nara");
    await changeWorld(world, {
      company: { ...DEFAULT_SETTINGS.company, on: true },
      deal: { ...DEFAULT_SETTINGS.deal, on: true },
      lifecycle: { ...DEFAULT_SETTINGS.lifecycle, on: true },
      campaigns: {
        rules: [{ formId: "*", campaignId: "701000000000001AAA", campaignName: "C", status: "Sent" }],
        namesProperty: true,
      },
      inclusionLists: { ...DEFAULT_SETTINGS.inclusionLists, contact: { listId, name: "Everybody" } },
    });
    await turnOn(world, { hubspot: [...ACTIVITY_TOGGLES], salesforce: [...SALESFORCE_ACTIVITY_TOGGLES] });
    for (let round = 0; round < 4; round += 1) await world.sync();
    await world.clearCalls();
    expect((await world.sync()).due).toBe(0);
    const { hubspot, salesforce } = await world.calls();
    expect(hubspot + salesforce).toBeLessThanOrEqual(12);
  });
});
