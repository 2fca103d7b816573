import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(60);
});
afterAll(() => bench.sandbox.stop());

const pipelines = () => bench.client.crm.pipelines;
const deals = () => bench.client.crm.deals.basicApi;

describe("pipelines", () => {
  it("are two for deals and one for tickets, and the stage properties list their stages", async () => {
    const { results } = await pipelines().pipelinesApi.getAll("deals");
    expect(results.map((one) => [one.id, one.stages.length])).toEqual([
      ["default", 7],
      ["811215601", 4],
    ]);
    expect(results[0]?.stages[5]).toMatchObject({
      id: "closedwon",
      metadata: { isClosed: "true", probability: "1.0" },
    });
    const stage = await bench.client.crm.properties.coreApi.getByName("tickets", "hs_pipeline_stage");
    expect(stage.options.map((option) => option.value)).toEqual(["1", "2", "3", "4"]);
    const contacts = await bench.call("GET", "/crm/v3/pipelines/contacts");
    expect(contacts.status).toBe(400);
  });

  it("can be made, changed and removed with their stages", async () => {
    const stages = [{ label: "Open", displayOrder: 0, metadata: { probability: "0.3" } }];
    const made = await pipelines().pipelinesApi.create("deals", { label: "Partners", displayOrder: 2, stages });
    const stage = await pipelines().pipelineStagesApi.create("deals", made.id, {
      label: "Won",
      displayOrder: 1,
      metadata: { probability: "1.0" },
    });
    expect(stage.metadata).toMatchObject({ isClosed: "true" });
    const deal = await deals().create({ properties: { dealname: "P", dealstage: stage.id }, associations: [] });
    expect((await deals().getById(deal.id, ["pipeline"])).properties.pipeline).toBe(made.id);
    const inUse = pipelines().pipelinesApi.archive("deals", made.id, true);
    expect((await refusal(inUse)).body.subCategory).toBe("PipelineError.STAGE_ID_IN_USE");
    await pipelines().pipelinesApi.archive("deals", made.id);
    expect((await refusal(pipelines().pipelinesApi.getById("deals", made.id))).status).toBe(404);
    const again = pipelines().pipelinesApi.create("deals", { label: "Renewals", displayOrder: 1, stages });
    expect((await refusal(again)).status).toBe(409);
  });
});

describe("deals", () => {
  it("follow their stage: probability, closed and won, amounts and close date", async () => {
    const { id } = await deals().create({
      properties: { dealname: "Follow", dealstage: "qualifiedtobuy", amount: "1000" },
      associations: [],
    });
    const names = ["hs_deal_stage_probability", "hs_is_closed", "hs_projected_amount", "closedate", "pipeline"];
    expect((await deals().getById(id, names)).properties).toMatchObject({
      hs_deal_stage_probability: "0.4",
      hs_is_closed: "false",
      hs_projected_amount: "400",
      pipeline: "default",
      closedate: null,
    });
    await deals().update(id, { properties: { dealstage: "closedwon" } });
    const won = (await deals().getById(id, [...names, "hs_is_closed_won"])).properties;
    expect(won).toMatchObject({ hs_is_closed: "true", hs_is_closed_won: "true", hs_projected_amount: "1000" });
    expect(won.closedate).toMatch(/^\d{4}-/);
  });

  it("may not stand in a stage of another pipeline", async () => {
    const properties = { dealname: "X", pipeline: "811215601", dealstage: "closedwon" };
    const { status, body } = await refusal(deals().create({ properties, associations: [] }));
    expect(status).toBe(400);
    expect(body.errors[0]?.code).toBe("INVALID_OPTION");
  });
});

describe("the sample portal", () => {
  it("has a company for each web domain of its contacts, and deals and tickets that belong together", async () => {
    const { results: contacts } = await bench.client.crm.contacts.basicApi.getPage(
      100,
      undefined,
      ["associatedcompanyid", "company"],
      undefined,
      ["companies"],
    );
    expect(contacts.every((one) => one.associations?.companies?.results.length === 2)).toBe(true);
    const companies = await bench.client.crm.companies.basicApi.getPage(100, undefined, ["domain"]);
    const domains = companies.results.map((one) => one.properties.domain);
    expect(new Set(domains).size).toBe(domains.length);
    const all = await deals().getPage(100, undefined, ["pipeline", "dealname"], undefined, ["contacts", "companies"]);
    const sample = all.results.filter((one) => one.properties.dealname?.includes(" – "));
    expect(sample.length).toBeGreaterThan(3);
    expect(sample.every((one) => one.associations?.contacts && one.associations.companies)).toBe(true);
    expect(sample.every((one) => ["default", "811215601"].includes(one.properties.pipeline ?? ""))).toBe(true);
  });
});
