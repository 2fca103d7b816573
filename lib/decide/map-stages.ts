import type { StagePair } from "./connection-settings";

/** A stage of a deal pipeline, as HubSpot's pipelines API describes it. */
export type HubSpotStage = {
  pipelineId: string;
  stageId: string;
  label: string;
  /** 0–1; HubSpot's won stages have 1, its lost ones 0 and `isClosed` */
  probability: number;
  isClosed: boolean;
};

/** A row of Salesforce's OpportunityStage. */
export type SalesforceStage = {
  /** ApiName: what StageName holds */
  name: string;
  label: string;
  /** 0–100 */
  probability: number;
  isClosed: boolean;
  isWon: boolean;
  isActive: boolean;
};

/** A record type of opportunities: a pair may hold for one of them only. */
export type RecordType = { id: string; name: string };

/** All stages in their display order, the default pipeline's first. */
export type StageSettings = {
  pairs: readonly StagePair[];
  hubspot: readonly HubSpotStage[];
  salesforce: readonly SalesforceStage[];
};

export type HubSpotPlace = { pipelineId: string; stageId: string };
/** `recordTypeId` null = none; in a pair and in an answer: whichever the opportunity has */
export type SalesforcePlace = { stageName: string; recordTypeId: string | null };

export type MappedStage<Place> =
  | { value: Place; reason: "pair" | "label" | "meaning" }
  /** unknown_stage: the side it comes from does not have it; paired_stage_gone: its pair names a stage that no longer is */
  | { value: null; reason: "unknown_stage" | "paired_stage_gone" | "no_counterpart" };

export type StageMeaning = "won" | "lost" | "open";

/**
 * P2: the StageName (and record type) of a deal's stage: by the first pair that names it, one of the opportunity's own
 * record type before others; else by label, else by what it means: won, lost, or the open stage of the nearest probability.
 */
export function mapStageToSalesforce(
  from: HubSpotPlace,
  settings: StageSettings,
  recordTypeId: string | null = null,
): MappedStage<SalesforcePlace> {
  const paired = settings.pairs.filter((pair) => isSamePlace(pair, from));
  const pair = paired.find((one) => one.recordTypeId === recordTypeId) ?? paired[0];
  const active = settings.salesforce.filter((stage) => stage.isActive);
  if (pair) {
    const place = { stageName: pair.stageName, recordTypeId: pair.recordTypeId };
    const isThere = active.some((stage) => stage.name === pair.stageName);
    return isThere ? { value: place, reason: "pair" } : { value: null, reason: "paired_stage_gone" };
  }
  const source = settings.hubspot.find((stage) => isSamePlace(stage, from));
  if (!source) return { value: null, reason: "unknown_stage" };
  const found = findCounterpart(describeHubSpot(source), active, describeSalesforce);
  if (!found) return { value: null, reason: "no_counterpart" };
  return { value: { stageName: found.stage.name, recordTypeId: null }, reason: found.by };
}

/**
 * The way back: by the first pair that names the StageName, one for the record type before one for all; else by label,
 * else by meaning, in the deal's own pipeline where it has one, else in the first.
 */
export function mapStageToHubSpot(
  from: SalesforcePlace,
  settings: StageSettings,
  pipelineId: string | null = null,
): MappedStage<HubSpotPlace> {
  const pair = pairOfSalesforce(from, settings.pairs, pipelineId);
  if (pair) {
    const place = { pipelineId: pair.pipelineId, stageId: pair.stageId };
    const isThere = settings.hubspot.some((stage) => isSamePlace(stage, place));
    return isThere ? { value: place, reason: "pair" } : { value: null, reason: "paired_stage_gone" };
  }
  const source = settings.salesforce.find((stage) => stage.name === from.stageName);
  if (!source) return { value: null, reason: "unknown_stage" };
  const own = settings.hubspot.some((stage) => stage.pipelineId === pipelineId)
    ? pipelineId
    : settings.hubspot[0]?.pipelineId;
  const stages = settings.hubspot.filter((stage) => stage.pipelineId === own);
  const found = findCounterpart(describeSalesforce(source), stages, describeHubSpot);
  if (!found) return { value: null, reason: "no_counterpart" };
  return { value: { pipelineId: found.stage.pipelineId, stageId: found.stage.stageId }, reason: found.by };
}

/**
 * Whether the two sides stand in stages that mean each other, so that nothing travels: where several stages meet one,
 * moving between them is no change for the other side.
 */
export function isSameStage(hubspot: HubSpotPlace, salesforce: SalesforcePlace, settings: StageSettings): boolean {
  const there = mapStageToSalesforce(hubspot, settings, salesforce.recordTypeId).value;
  if (there !== null && there.stageName === salesforce.stageName && fitsType(there.recordTypeId, salesforce))
    return true;
  const back = mapStageToHubSpot(salesforce, settings, hubspot.pipelineId).value;
  return back !== null && isSamePlace(back, hubspot);
}

function pairOfSalesforce(from: SalesforcePlace, pairs: readonly StagePair[], pipelineId: string | null) {
  const named = pairs.filter((pair) => pair.stageName === from.stageName && fitsType(pair.recordTypeId, from));
  const typed = named.filter((pair) => pair.recordTypeId === from.recordTypeId);
  const best = typed.length > 0 ? typed : named;
  return best.find((pair) => pair.pipelineId === pipelineId) ?? best[0];
}

function fitsType(recordTypeId: string | null, { recordTypeId: own }: SalesforcePlace): boolean {
  return recordTypeId === null || recordTypeId === own;
}

function isSamePlace(a: HubSpotPlace, b: HubSpotPlace): boolean {
  return a.pipelineId === b.pipelineId && a.stageId === b.stageId;
}

/** What a stage of HubSpot means: won ones have probability 1, lost ones 0 and are closed. */
export function meaningOfHubSpot(stage: HubSpotStage): StageMeaning {
  if (stage.probability >= 1) return "won";
  return stage.probability <= 0 && stage.isClosed ? "lost" : "open";
}

/** What a stage of Salesforce means. */
export function meaningOfSalesforce(stage: SalesforceStage): StageMeaning {
  if (stage.isWon) return "won";
  return stage.isClosed ? "lost" : "open";
}

/** `names` without case, spaces and width; `probability` 0–1. */
type Described = { names: string[]; meaning: StageMeaning; probability: number };

function describeHubSpot(stage: HubSpotStage): Described {
  return { names: [plainName(stage.label)], meaning: meaningOfHubSpot(stage), probability: stage.probability };
}

function describeSalesforce(stage: SalesforceStage): Described {
  const names = [plainName(stage.name), plainName(stage.label)];
  return { names, meaning: meaningOfSalesforce(stage), probability: stage.probability / 100 };
}

function findCounterpart<Stage>(
  wanted: Described,
  stages: readonly Stage[],
  read: (stage: Stage) => Described,
): { stage: Stage; by: "label" | "meaning" } | null {
  const described = stages.map((stage) => ({ stage, ...read(stage) }));
  const named = described.find((one) => one.names.some((name) => name !== "" && wanted.names.includes(name)));
  if (named) return { stage: named.stage, by: "label" };
  const distance = (one: Described) => Math.abs(one.probability - wanted.probability);
  // The sort keeps the display order of stages that are equally near.
  const meant = described.filter((one) => one.meaning === wanted.meaning).toSorted((a, b) => distance(a) - distance(b));
  return meant[0] ? { stage: meant[0].stage, by: "meaning" } : null;
}

function plainName(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");
}
