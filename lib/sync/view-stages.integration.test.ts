import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConnection } from "@/lib/store/connections";
import { changeSettings } from "./change-connection";
import { prepareConnection, refreshSchemas } from "./prepare-connection";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewOwners } from "./view-owners";
import { viewStages } from "./view-stages";

let world: SyncWorld;
beforeAll(async () => {
  const deal = { on: true, toSalesforce: "create", toHubSpot: "create" } as const;
  world = await startSyncWorld({ settings: { deal } });
  await prepareConnection(world.connectionId, { createIdFields: true });
});
afterAll(() => world.stop());

const change = async (patch: object) => {
  const connection = await readConnection(world.connectionId);
  return changeSettings(world.connectionId, { version: connection?.settingsVersion ?? 1, ...patch });
};
const refused = (path: string, message: string) => ({ kind: "invalid", fields: [{ path, message }] });
const place = { pipelineId: "default", stageId: "qualifiedtobuy" };

describe("what lifecycle and stages are chosen from", () => {
  it("P2, L1: pipelines by their names, each stage with what it meets by itself both ways; no call", async () => {
    await world.clearCalls();
    const { lifecycle, leadStatus, deals } = await viewStages();
    expect(lifecycle.map(({ value }) => value)).toContain("salesqualifiedlead");
    expect(leadStatus.salesforce.map(({ value }) => value)).toContain("Working - Contacted");
    expect(deals?.pipelines[0]).toMatchObject({ id: "default", label: "Sales Pipeline" });
    const won = deals?.pipelines[0]?.stages.find(({ id }) => id === "closedwon");
    expect(won).toMatchObject({ meaning: "won", automatic: { stageName: "Closed Won", by: "label" } });
    const back = deals?.salesforce.find(({ name }) => name === "Closed Won")?.automatic;
    expect(back).toContainEqual({ pipelineId: "default", stageId: "closedwon", by: "label" });
    expect(deals?.recordTypes).toEqual([]);
  });

  it("P2: what was added to a CRM stands there once it was read again, record types too", async () => {
    const { id } = (
      (await world.door("salesforce", "POST", "/__sandbox/act", {
        action: "addRecordType",
        object: "Opportunity",
        name: "Partner",
      })) as { result: { id: string } }
    ).result;
    await refreshSchemas(world.connectionId);
    const { deals } = await viewStages();
    expect(deals?.recordTypes).toEqual([{ id, name: "Partner" }]);
  });
});

describe("what may be chosen", () => {
  it("P2: a pair is saved; one of a stage that is not there is refused with its place", async () => {
    const good = { ...place, stageName: "Negotiation/Review", recordTypeId: null };
    expect(await change({ stagePairs: [good] })).toBe("saved");
    const cases = [
      [{ ...good, stageId: "nowhere" }, "stagePairs.1.stageId", "stage_unknown"],
      [{ ...good, stageName: "Nowhere" }, "stagePairs.1.stageName", "stage_unknown"],
      [{ ...good, recordTypeId: "012000000000000AAA" }, "stagePairs.1.recordTypeId", "record_type_unknown"],
      [good, "stagePairs.1", "twice"],
    ] as const;
    for (const [pair, path, message] of cases) {
      expect(await change({ stagePairs: [good, pair] })).toEqual(refused(path, message));
    }
    expect((await readConnection(world.connectionId))?.settings.stagePairs).toEqual([good]);
  });

  it("P2: a pair whose stage has gone since does not stand in the way of another change", async () => {
    const { stagePairs } = (await readConnection(world.connectionId))?.settings ?? { stagePairs: [] };
    const [gone] = stagePairs;
    await world.door("hubspot", "DELETE", `/crm/v3/pipelines/deals/default/stages/${gone?.stageId}`);
    await refreshSchemas(world.connectionId);
    const other = { pipelineId: "default", stageId: "contractsent", stageName: "Prospecting", recordTypeId: null };
    expect(await change({ stagePairs: [...stagePairs, other] })).toBe("saved");
    expect(await change({ stagePairs: [] })).toBe("saved");
  });

  it("O1: only an active user can be paired or take over; nobody who is not there", async () => {
    const { hubspot, salesforce } = await viewOwners();
    const [owner = "", user = ""] = [hubspot[0]?.id, salesforce.find(({ active }) => active)?.id];
    const inactive = salesforce.find(({ active }) => !active)?.id ?? "";
    expect(inactive).not.toBe("");
    expect(await change({ owners: { pairs: { [owner]: inactive } } })).toEqual(
      refused(`owners.pairs.${owner}`, "person_inactive"),
    );
    expect(await change({ owners: { pairs: { "1": user } } })).toEqual(refused("owners.pairs.1", "person_unknown"));
    expect(await change({ owners: { defaultUserId: "005000000000000AAA" } })).toEqual(
      refused("owners.defaultUserId", "person_unknown"),
    );
    expect(await change({ owners: { pairs: { [owner]: user }, defaultUserId: user } })).toBe("saved");
  });

  it("L1: only lifecycle stages and lead statuses that are there", async () => {
    const { settings } = (await readConnection(world.connectionId)) ?? {};
    const steps = { ...settings?.lifecycle.steps, opportunity_won: "nowhere" };
    expect(await change({ lifecycle: { steps } })).toEqual(refused("lifecycle.steps.opportunity_won", "stage_unknown"));
    expect(await change({ lifecycle: { leadStatus: { "Working - Contacted": "NOWHERE" } } })).toEqual(
      refused("lifecycle.leadStatus.Working - Contacted", "status_unknown"),
    );
    expect(await change({ lifecycle: { leadStatus: { "Working - Contacted": "OPEN" } } })).toBe("saved");
  });
});
