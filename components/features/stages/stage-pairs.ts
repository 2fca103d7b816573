import type { Settings } from "@/lib/browser/settings-draft";
import type { StagesView } from "@/lib/contracts/stages";

export type Pair = Settings["stagePairs"][number];
export type Deals = NonNullable<StagesView["deals"]>;
export type Pipeline = Deals["pipelines"][number];
export type HubSpotStage = Pipeline["stages"][number];
export type SalesforceStage = Deals["salesforce"][number];
export type Place = Pick<Pair, "pipelineId" | "stageId">;
/** The Salesforce end of a pair. */
export type Line = Pick<Pair, "stageName" | "recordTypeId">;

const isAt = (pair: Pair, place: Place) => pair.pipelineId === place.pipelineId && pair.stageId === place.stageId;

/** The Salesforce ends of one HubSpot stage: the first is written, the others only come back to it. */
export function linesOf(pairs: readonly Pair[], place: Place): Line[] {
  return pairs.filter((pair) => isAt(pair, place)).map(({ stageName, recordTypeId }) => ({ stageName, recordTypeId }));
}

/** The pairs with those of one HubSpot stage replaced, where they stood: the order decides who comes back where. */
export function withLines(pairs: readonly Pair[], place: Place, lines: readonly Line[]): Pair[] {
  const made = lines.map((line) => ({ ...place, ...line }));
  const at = pairs.findIndex((pair) => isAt(pair, place));
  const others = pairs.filter((pair) => !isAt(pair, place));
  if (at === -1) return [...others, ...made];
  const before = pairs.slice(0, at).filter((pair) => !isAt(pair, place)).length;
  return [...others.slice(0, before), ...made, ...others.slice(before)];
}

/**
 * The lines with one more. A stage that met its counterpart by itself keeps it as its first line, for what is added
 * would else be written from now on.
 */
export function addLine(lines: readonly Line[], stage: HubSpotStage, line: Line): Line[] {
  if (lines.length > 0 || stage.automatic === null) return [...lines, line];
  return [{ stageName: stage.automatic.stageName, recordTypeId: null }, line];
}

/** Why a pair cannot be followed; null = it can. */
export function findPairProblem(line: Line, deals: Deals): "stage_gone" | "record_type_gone" | null {
  if (!deals.salesforce.some((stage) => stage.isActive && stage.name === line.stageName)) return "stage_gone";
  const isKnown = line.recordTypeId === null || deals.recordTypes.some((type) => type.id === line.recordTypeId);
  return isKnown ? null : "record_type_gone";
}

export type Coming = {
  from: SalesforceStage;
  by: "pair" | "label" | "meaning" | "none";
  /** Where the deal goes; another pipeline when its pair says so */
  to: { pipeline: Pipeline; stage: HubSpotStage } | null;
};

/** P2, the way back: what each active Salesforce stage becomes for a deal of this pipeline, whatever its record type. */
export function listComing(deals: Deals, pairs: readonly Pair[], pipelineId: string): Coming[] {
  return deals.salesforce
    .filter((stage) => stage.isActive)
    .map((from) => {
      const named = pairs.filter((pair) => pair.stageName === from.name && pair.recordTypeId === null);
      const pair = named.find((one) => one.pipelineId === pipelineId) ?? named[0];
      if (pair) return { from, by: "pair" as const, to: findPlace(deals, pair) };
      const automatic = from.automatic.find((one) => one.pipelineId === pipelineId);
      if (!automatic) return { from, by: "none" as const, to: null };
      return { from, by: automatic.by, to: findPlace(deals, automatic) };
    });
}

function findPlace(deals: Deals, place: Place): Coming["to"] {
  const pipeline = deals.pipelines.find((one) => one.id === place.pipelineId);
  const stage = pipeline?.stages.find((one) => one.id === place.stageId);
  return pipeline && stage ? { pipeline, stage } : null;
}

/** Pairs of HubSpot stages that no longer are: they decide nothing and can go. */
export function listLostPairs(deals: Deals, pairs: readonly Pair[]): Pair[] {
  return pairs.filter((pair) => findPlace(deals, pair) === null);
}
