import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StagePair } from "./connection-settings";
import {
  type HubSpotStage,
  isSameStage,
  mapStageToHubSpot,
  mapStageToSalesforce,
  type SalesforceStage,
  type StageSettings,
} from "./map-stages";

const h = (stageId: string, label: string, probability: number, pipelineId = "default"): HubSpotStage => ({
  pipelineId,
  stageId,
  label,
  probability,
  isClosed: probability === 0 || probability === 1,
});
const s = (name: string, probability: number, more: Partial<SalesforceStage> = {}): SalesforceStage => ({
  name,
  label: name,
  probability,
  isClosed: false,
  isWon: false,
  isActive: true,
  ...more,
});
const HUBSPOT = [
  h("appointment", "Appointment Scheduled", 0.2),
  h("qualified", "Qualified To Buy", 0.4),
  h("contract", "Contract Sent", 0.9),
  h("closedwon", "Closed Won", 1),
  h("closedlost", "Closed Lost", 0),
  h("r1", "Renewal due", 0.5, "renewals"),
  h("r2", "Renewed", 1, "renewals"),
  h("r3", "Churned", 0, "renewals"),
];
const SALESFORCE = [
  s("Prospecting", 10),
  s("Qualification", 40),
  s("Old stage", 41, { isActive: false }),
  s("Negotiation/Review", 90),
  s("Closed Won", 100, { isClosed: true, isWon: true }),
  s("Closed Lost", 0, { isClosed: true }),
];
const settings = (pairs: StagePair[] = []): StageSettings => ({ pairs, hubspot: HUBSPOT, salesforce: SALESFORCE });
const at = (stageId: string, pipelineId = "default") => ({ pipelineId, stageId });
const stage = (stageName: string, recordTypeId: string | null = null) => ({ stageName, recordTypeId });
const pair = (stageId: string, stageName: string, recordTypeId: string | null = null, pipelineId = "default") => ({
  pipelineId,
  stageId,
  stageName,
  recordTypeId,
});

describe("P2: stages without a pair", () => {
  it.each([
    ["by label", at("closedwon"), "Closed Won", "label"],
    ["won by meaning", at("r2", "renewals"), "Closed Won", "meaning"],
    ["lost by meaning", at("r3", "renewals"), "Closed Lost", "meaning"],
    ["the open stage of the nearest probability", at("contract"), "Negotiation/Review", "meaning"],
    ["never an inactive one", at("qualified"), "Qualification", "meaning"],
  ])("to Salesforce %s", (_case, from, stageName, reason) => {
    expect(mapStageToSalesforce(from, settings())).toEqual({ value: stage(stageName), reason });
  });
  it.each([
    ["by label", stage("Closed Lost"), null, at("closedlost"), "label"],
    ["by meaning in the deal's own pipeline", stage("Closed Won"), "renewals", at("r2", "renewals"), "meaning"],
    ["the nearest open one", stage("Prospecting"), null, at("appointment"), "meaning"],
    ["in the first pipeline where the deal's is gone", stage("Closed Won"), "gone", at("closedwon"), "label"],
    ["from an inactive one, which records may still hold", stage("Old stage"), null, at("qualified"), "meaning"],
  ])("to HubSpot %s", (_case, from, pipelineId, value, reason) => {
    expect(mapStageToHubSpot(from, settings(), pipelineId)).toEqual({ value, reason });
  });
  it("labels meet without regard to case, spaces and width", () => {
    const own = { ...settings(), salesforce: [s("x", 50), s("CLOSED　WON", 1)] };
    expect(mapStageToSalesforce(at("closedwon"), own).value?.stageName).toBe("CLOSED　WON");
  });
  it("an unknown stage, and one without a counterpart, are told", () => {
    expect(mapStageToSalesforce(at("gone"), settings())).toEqual({ value: null, reason: "unknown_stage" });
    expect(mapStageToHubSpot(stage("gone"), settings())).toEqual({ value: null, reason: "unknown_stage" });
    const open = { ...settings(), salesforce: [s("Prospecting", 10)] };
    expect(mapStageToSalesforce(at("closedwon"), open)).toEqual({ value: null, reason: "no_counterpart" });
  });
});

describe("P2: stages with pairs", () => {
  const pairs = [
    pair("appointment", "Qualification"),
    pair("qualified", "Qualification"),
    pair("contract", "Prospecting"),
  ];
  it("the pair goes before label and meaning", () => {
    expect(mapStageToSalesforce(at("contract"), settings(pairs))).toEqual({
      value: stage("Prospecting"),
      reason: "pair",
    });
    expect(mapStageToHubSpot(stage("Prospecting"), settings(pairs))).toEqual({ value: at("contract"), reason: "pair" });
  });
  it("several to one: back to the first, and moving between them is no change", () => {
    expect(mapStageToHubSpot(stage("Qualification"), settings(pairs)).value).toEqual(at("appointment"));
    expect(isSameStage(at("qualified"), stage("Qualification"), settings(pairs))).toBe(true);
    expect(isSameStage(at("contract"), stage("Qualification"), settings(pairs))).toBe(false);
  });
  it("the record type decides where pairs name one", () => {
    const typed = [pair("appointment", "Prospecting", "A"), pair("appointment", "Qualification", "B")];
    expect(mapStageToSalesforce(at("appointment"), settings(typed)).value).toEqual(stage("Prospecting", "A"));
    expect(mapStageToSalesforce(at("appointment"), settings(typed), "B").value).toEqual(stage("Qualification", "B"));
    const both = [pair("contract", "Prospecting"), pair("appointment", "Prospecting", "A")];
    expect(mapStageToHubSpot(stage("Prospecting", "A"), settings(both)).value).toEqual(at("appointment"));
    expect(mapStageToHubSpot(stage("Prospecting", "C"), settings(both)).value).toEqual(at("contract"));
    const other = settings([pair("contract", "Prospecting", "A")]);
    expect(mapStageToHubSpot(stage("Prospecting", "C"), other)).toEqual({
      value: at("appointment"),
      reason: "meaning",
    });
  });
  it("the deal stays in its own pipeline where pairs allow", () => {
    const two = [pair("closedwon", "Closed Won"), pair("r2", "Closed Won", null, "renewals")];
    expect(mapStageToHubSpot(stage("Closed Won"), settings(two), "renewals").value).toEqual(at("r2", "renewals"));
  });
  it("a pair whose stage no longer is there is told, not guessed around", () => {
    const gone = [pair("appointment", "Old stage"), pair("deleted", "Prospecting")];
    expect(mapStageToSalesforce(at("appointment"), settings(gone))).toEqual({
      value: null,
      reason: "paired_stage_gone",
    });
    expect(mapStageToHubSpot(stage("Prospecting"), settings(gone))).toEqual({
      value: null,
      reason: "paired_stage_gone",
    });
  });
});

describe("laws of stages", () => {
  const someStage = fc.constantFrom(...HUBSPOT);
  const somePairs = fc.array(
    fc.record({
      place: someStage,
      stageName: fc.constantFrom("Prospecting", "Qualification", "Closed Won", "Closed Lost"),
      recordTypeId: fc.constantFrom(null, "A", "B"),
    }),
    { maxLength: 6 },
  );
  const world = fc.record({ pairs: somePairs, from: someStage, recordTypeId: fc.constantFrom(null, "A", "B") });
  const settle = (given: { place: HubSpotStage; stageName: string; recordTypeId: string | null }[]) =>
    settings(given.map(({ place, ...rest }) => ({ pipelineId: place.pipelineId, stageId: place.stageId, ...rest })));
  it("D38: what was mapped is in step, and there and back again stays there", () => {
    fc.assert(
      fc.property(world, ({ pairs, from, recordTypeId }) => {
        const known = settle(pairs);
        const there = mapStageToSalesforce(from, known, recordTypeId).value;
        if (there === null) return;
        const landed = { ...there, recordTypeId: there.recordTypeId ?? recordTypeId };
        expect(isSameStage(from, landed, known)).toBe(true);
        const back = mapStageToHubSpot(landed, known, from.pipelineId).value;
        if (back === null) return;
        expect(isSameStage(back, landed, known)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
