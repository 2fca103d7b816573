import { describe, expect, test } from "vitest";
import { fillByName, listStatuses, listUnnamed, setStatus } from "./lead-status";
import {
  addLine,
  type Deals,
  findPairProblem,
  linesOf,
  listComing,
  listLostPairs,
  type Pair,
  withLines,
} from "./stage-pairs";

const hubspotStage = (id: string, stageName: string | null) => ({
  id,
  label: id,
  probability: 0.5,
  meaning: "open" as const,
  automatic: stageName === null ? null : { stageName, by: "meaning" as const },
});
const salesforceStage = (name: string, automatic: [string, string][], isActive = true) => ({
  name,
  label: name,
  probability: 0.5,
  meaning: "open" as const,
  isActive,
  automatic: automatic.map(([pipelineId, stageId]) => ({ pipelineId, stageId, by: "label" as const })),
});
const DEALS: Deals = {
  readAt: null,
  pipelines: [
    { id: "p", label: "Sales", stages: [hubspotStage("a", "Alpha"), hubspotStage("b", null)] },
    { id: "q", label: "Renewals", stages: [hubspotStage("c", "Alpha")] },
  ],
  salesforce: [salesforceStage("Alpha", [["p", "a"]]), salesforceStage("Beta", []), salesforceStage("Old", [], false)],
  recordTypes: [{ id: "012", name: "Partner" }],
};
const pair = (stageId: string, stageName: string, recordTypeId: string | null = null, pipelineId = "p"): Pair => ({
  pipelineId,
  stageId,
  stageName,
  recordTypeId,
});

describe("P2: pairs of stages", () => {
  const pairs = [pair("a", "Alpha"), pair("b", "Beta"), pair("a", "Gamma", "012")];
  test("are read by HubSpot stage in their order", () => {
    expect(linesOf(pairs, { pipelineId: "p", stageId: "a" })).toEqual([
      { stageName: "Alpha", recordTypeId: null },
      { stageName: "Gamma", recordTypeId: "012" },
    ]);
  });
  test("are replaced where they stood and taken away without touching others", () => {
    const place = { pipelineId: "p", stageId: "a" };
    expect(withLines(pairs, place, [{ stageName: "Beta", recordTypeId: null }])).toEqual([
      pair("a", "Beta"),
      pair("b", "Beta"),
    ]);
    expect(withLines(pairs, place, [])).toEqual([pair("b", "Beta")]);
    expect(withLines([pair("b", "Beta")], place, [{ stageName: "Alpha", recordTypeId: null }])).toEqual([
      pair("b", "Beta"),
      pair("a", "Alpha"),
    ]);
  });
  test("a second Salesforce stage does not change where the first goes, also when that was automatic", () => {
    const beta = { stageName: "Beta", recordTypeId: null };
    expect(addLine([], hubspotStage("a", "Alpha"), beta)).toEqual([{ stageName: "Alpha", recordTypeId: null }, beta]);
    expect(addLine([], hubspotStage("b", null), beta)).toEqual([beta]);
    expect(addLine([beta], hubspotStage("a", "Alpha"), beta)).toEqual([beta, beta]);
  });
  test("say when their stage or record type is gone", () => {
    expect(findPairProblem({ stageName: "Alpha", recordTypeId: "012" }, DEALS)).toBeNull();
    expect(findPairProblem({ stageName: "Old", recordTypeId: null }, DEALS)).toBe("stage_gone");
    expect(findPairProblem({ stageName: "Alpha", recordTypeId: "013" }, DEALS)).toBe("record_type_gone");
    expect(listLostPairs(DEALS, [pair("a", "Alpha"), pair("z", "Alpha")])).toEqual([pair("z", "Alpha")]);
  });
});

describe("P2: what comes from Salesforce", () => {
  const tell = (pairs: Pair[], pipelineId: string) =>
    listComing(DEALS, pairs, pipelineId).map(({ from, by, to }) => [from.name, by, to?.pipeline.id, to?.stage.id]);
  test("goes by pair, else by itself, else nowhere; inactive stages are left out", () => {
    expect(tell([pair("b", "Beta")], "p")).toEqual([
      ["Alpha", "label", "p", "a"],
      ["Beta", "pair", "p", "b"],
    ]);
    expect(tell([], "p")[1]).toEqual(["Beta", "none", undefined, undefined]);
  });
  test("a pair of another pipeline moves the deal there; one of the own pipeline goes before it", () => {
    const pairs = [pair("c", "Beta", null, "q"), pair("b", "Beta")];
    expect(tell(pairs, "p")[1]).toEqual(["Beta", "pair", "p", "b"]);
    expect(tell(pairs.slice(0, 1), "p")[1]).toEqual(["Beta", "pair", "q", "c"]);
    expect(tell([pair("b", "Beta", "012")], "p")[1]).toEqual(["Beta", "none", undefined, undefined]);
  });
});

describe("L1: lead statuses", () => {
  const choices = {
    hubspot: [
      { value: "NEW", label: "New" },
      { value: "OPEN", label: "Open" },
    ],
    salesforce: [
      { value: "new", label: "New" },
      { value: "Working", label: "Working" },
    ],
  };
  test("stand in Salesforce's order, with entries of gone values at the end", () => {
    expect(
      listStatuses(choices, { Gone: "NEW", Working: "OPEN" }).map((row) => [row.value, row.hubspot, row.isGone]),
    ).toEqual([
      ["new", null, false],
      ["Working", "OPEN", false],
      ["Gone", "NEW", true],
    ]);
  });
  test("entries keep Salesforce's order, for the first of several is written", () => {
    expect(Object.entries(setStatus(choices, { Working: "NEW" }, "new", "NEW"))).toEqual([
      ["new", "NEW"],
      ["Working", "NEW"],
    ]);
    expect(setStatus(choices, { Working: "NEW" }, "Working", null)).toEqual({});
  });
  test("are filled in by name without touching a choice, and HubSpot's unnamed ones are told", () => {
    expect(fillByName(choices, {})).toEqual({ new: "NEW" });
    expect(fillByName(choices, { new: "OPEN" })).toEqual({ new: "OPEN" });
    expect(listUnnamed(choices, { new: "NEW" })).toEqual(["Open"]);
  });
});
