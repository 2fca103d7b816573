import { textOf } from "./activity-values";
import { type CurrencySettings, toHubSpotAmount, toSalesforceAmount } from "./amount";
import { type Comparison, type FieldDecision, type FieldReason, judge } from "./decide-field";
import { isSameStage, mapStageToHubSpot, mapStageToSalesforce, type StageSettings } from "./map-stages";
import type { Base, FieldSchema, RawValue, SyncSettings, UpdateRule, Values } from "./record-types";
import { isBlank } from "./record-types";

/** One field of a deal that means something only together with a second one. */
export type DealFieldInput = {
  rule: UpdateRule;
  hubspot: Values;
  salesforce: Values;
  base: Base | null;
  hubspotSchema: FieldSchema;
  salesforceSchema: FieldSchema;
  hubspotEditedAt: number | undefined;
  salesforceEditedAt: number;
};

/** What a deal's decision needs besides the settings of every object; null = not known, values are then compared plainly. */
export type DealFacts = { stages: StageSettings | null; currencies: CurrencySettings | null };
export type DecisionSettings = SyncSettings & { deal?: DealFacts };

/** The decision about a field that has one of its own; null for every other field. */
export function decideDealField(
  hubspotProperty: string,
  salesforceField: string,
  input: DealFieldInput,
  facts: DealFacts | undefined,
): FieldDecision | null {
  const is = (ends: Ends) => hubspotProperty === ends.hubspot && salesforceField === ends.salesforce;
  if (facts?.stages && is(STAGE)) return decideStage(input, facts.stages);
  return facts?.currencies && is(AMOUNT) ? decideAmount(input, facts.currencies) : null;
}

/** The second property or field that travels with one of a deal's; its change alone makes the deal due. */
export const DEAL_COMPANIONS: Record<string, { hubspot: string; salesforce: string }> = {
  dealstage: { hubspot: "pipeline", salesforce: "RecordTypeId" },
  amount: { hubspot: "deal_currency_code", salesforce: "CurrencyIsoCode" },
};

type Ends = { hubspot: string; salesforce: string };
const STAGE: Ends = { hubspot: "dealstage", salesforce: "StageName" };
const AMOUNT: Ends = { hubspot: "amount", salesforce: "Amount" };

type Written = { value: RawValue; also: Values };
type Carried = Written | { blocked: FieldReason } | "nothing_to_carry";
type Way = { toHubSpot(): Carried; toSalesforce(): Carried };

/**
 * P2: the stage with its pipeline beside StageName with the record type. Stages that mean each other are in step, so that
 * moving between several that meet one is no change for the other side. A stage that the other side does not have is
 * blocked and told, never guessed.
 */
export function decideStage(input: DealFieldInput, stages: StageSettings): FieldDecision {
  const place = { pipelineId: textOf(input.hubspot.pipeline), stageId: textOf(input.hubspot.dealstage) };
  const recordTypeId = isBlank(input.salesforce.RecordTypeId) ? null : textOf(input.salesforce.RecordTypeId);
  const standing = { stageName: textOf(input.salesforce.StageName), recordTypeId };
  const facts = compare(input, STAGE, {
    h: place.stageId === "" ? null : `${place.pipelineId}/${place.stageId}`,
    s: standing.stageName === "" ? null : `${standing.stageName}/${recordTypeId ?? ""}`,
  });
  const isSame = facts.h === null || facts.s === null ? facts.h === facts.s : isSameStage(place, standing, stages);
  return decide(input, facts, isSame, STAGE, {
    toSalesforce() {
      // Salesforce has no opportunity without a stage: a deal that lost its own gets it back.
      if (facts.h === null) return "nothing_to_carry";
      const { value, reason } = mapStageToSalesforce(place, stages, recordTypeId);
      if (value === null) return { blocked: STAGE_REASONS[reason] };
      const also: Values = value.recordTypeId === null ? {} : { RecordTypeId: value.recordTypeId };
      return { value: value.stageName, also };
    },
    toHubSpot() {
      const { value, reason } = mapStageToHubSpot(standing, stages, place.pipelineId || null);
      if (value === null) return { blocked: STAGE_REASONS[reason] };
      return { value: value.stageId, also: { pipeline: value.pipelineId } };
    },
  });
}

const STAGE_REASONS = {
  unknown_stage: "stage_unknown",
  paired_stage_gone: "stage_pair_gone",
  no_counterpart: "stage_without_counterpart",
} as const satisfies Record<string, FieldReason>;

/** P2: the amount with its currency. Nothing is converted: a currency that the other side lacks blocks the amount. */
export function decideAmount(input: DealFieldInput, currencies: CurrencySettings): FieldDecision {
  const facts = compare(input, AMOUNT, {
    h: amountKey(input.hubspot.amount, input.hubspot.deal_currency_code, currencies.portalCurrency),
    s: amountKey(
      input.salesforce.Amount,
      currencies.orgCurrencies === null ? null : input.salesforce.CurrencyIsoCode,
      currencies.orgCurrency,
    ),
  });
  return decide(input, facts, facts.h === facts.s, AMOUNT, {
    toSalesforce() {
      const made = toSalesforceAmount(input.hubspot, currencies);
      if (!made.ok) return { blocked: made.reason === "not_an_amount" ? "not_a_value" : made.reason };
      const { Amount: value = null, ...also } = made.values;
      return { value, also: value === null ? {} : also };
    },
    toHubSpot() {
      const made = toHubSpotAmount(input.salesforce, currencies);
      if (!made.ok) return { blocked: made.reason === "not_an_amount" ? "not_a_value" : made.reason };
      const { amount: value = "", ...also } = made.values;
      return { value, also: value === "" ? {} : also };
    },
  });
}

/** A blank amount has no currency; "100" and 100.0 are one. */
function amountKey(amount: RawValue | undefined, code: RawValue | undefined, otherwise: string): string | null {
  if (isBlank(amount)) return null;
  const number = Number(amount);
  return `${Number.isFinite(number) ? number : amount} ${(textOf(code) || otherwise).toUpperCase()}`;
}

function compare(input: DealFieldInput, ends: Ends, now: { h: string | null; s: string | null }): Comparison {
  const { base } = input;
  const first = base === null || !(ends.hubspot in base.hubspot) || !(ends.salesforce in base.salesforce);
  const companion = DEAL_COMPANIONS[ends.hubspot];
  const changedH = first || isMoved(input.hubspot, base.hubspot, [ends.hubspot, companion?.hubspot]);
  const changedS = first || isMoved(input.salesforce, base.salesforce, [ends.salesforce, companion?.salesforce]);
  return { ...now, changedH, changedS, first, input };
}

/** A companion that was never read before tells of no change. */
function isMoved(values: Values, base: Values, names: (string | undefined)[]): boolean {
  return names.some((name, index) => {
    if (name === undefined || (index > 0 && !(name in base))) return false;
    return comparable(values[name]) !== comparable(base[name]);
  });
}

function comparable(value: RawValue | undefined): string {
  const text = textOf(value);
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? String(number) : text;
}

function decide(input: DealFieldInput, facts: Comparison, isSame: boolean, ends: Ends, way: Way): FieldDecision {
  const judged = judge(facts, isSame);
  if (judged.kind === "needs_edit_time") return { action: "needs_edit_time" };
  const { reason, conflict } = judged;
  if (judged.kind === "none") return { action: "none", reason, conflict };
  const carried = judged.winner === "hubspot" ? way.toSalesforce() : way.toHubSpot();
  if (carried !== "nothing_to_carry") return finish(input, judged.winner, carried, { reason, conflict }, ends);
  return facts.s === null
    ? { action: "none", reason, conflict }
    : finish(input, "salesforce", way.toHubSpot(), { reason, conflict }, ends);
}

function finish(
  input: DealFieldInput,
  winner: "hubspot" | "salesforce",
  carried: Carried,
  told: { reason: FieldReason; conflict: boolean },
  ends: Ends,
): FieldDecision {
  const { conflict } = told;
  const side = winner === "hubspot" ? "salesforce" : "hubspot";
  const isReadOnly = (side === "hubspot" ? input.hubspotSchema : input.salesforceSchema).readOnly;
  if (isReadOnly) return { action: "blocked", reason: `read_only_in_${side}`, conflict, winner };
  if (carried === "nothing_to_carry") return { action: "none", reason: told.reason, conflict };
  if ("blocked" in carried) return { action: "blocked", reason: carried.blocked, conflict, winner };
  const held = input[side];
  const also = Object.entries(carried.also)
    .filter(([name, value]) => textOf(held[name]) !== textOf(value))
    .map(([name, value]) => ({ name, value, overwrites: held[name] ?? null }));
  const overwrites = held[ends[side]] ?? null;
  return { action: "write", side, value: carried.value, overwrites, winner, ...told, also };
}
