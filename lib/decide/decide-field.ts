import { canonicalOf, type FieldPair, isSameValue, toHubSpotValue, toSalesforceValue } from "./canonical-value";
import { isOwner } from "./owner-of";
import type { RawValue, Side, UpdateRule } from "./record-types";

/** Why a field is as it is after the decision; worded for people in messages/. */
export type FieldReason =
  | "dont_sync"
  | "unchanged"
  | "equal"
  | "both_blank"
  | "salesforce_wins"
  | "hubspot_wins"
  | "salesforce_cleared"
  | "hubspot_cleared"
  | "salesforce_blank_takes_hubspot"
  | "hubspot_blank_takes_salesforce"
  | "only_salesforce_changed"
  | "only_hubspot_changed"
  | "newest_hubspot"
  | "newest_salesforce"
  | "tie_salesforce"
  | "first_sync_keeps_value"
  | "rule_never_writes_this_side"
  | "read_only_in_hubspot"
  | "read_only_in_salesforce"
  | "no_owner_match"
  | "not_a_value"
  | "parent_not_synced"
  | "deleted_on_other_side"
  | "relinked_by_person"
  | "stage_unknown"
  | "stage_pair_gone"
  | "stage_without_counterpart"
  | "currency_not_in_salesforce"
  | "currency_not_in_hubspot";

export type FieldInput = {
  rule: UpdateRule;
  pair: FieldPair;
  hubspot: RawValue;
  salesforce: RawValue;
  /** undefined = this field has never been in sync */
  base: { hubspot: RawValue; salesforce: RawValue } | undefined;
  /** When HubSpot's value was edited, epoch ms; undefined = not known yet (the record's own stamp is no edit time) */
  hubspotEditedAt: number | undefined;
  /** Salesforce LastModifiedDate, epoch ms: Salesforce keeps no time per field */
  salesforceEditedAt: number;
};

export type FieldDecision =
  | { action: "none"; reason: FieldReason; conflict: boolean }
  | { action: "needs_edit_time" }
  | { action: "blocked"; reason: FieldReason; conflict: boolean; winner: Side }
  | {
      action: "write";
      side: Side;
      value: RawValue;
      overwrites: RawValue;
      winner: Side;
      reason: FieldReason;
      /** Both sides were edited since the base */
      conflict: boolean;
      /** What only makes sense together with the value and is written with it: a stage's pipeline, an amount's currency */
      also?: { name: string; value: RawValue; overwrites: RawValue }[];
    };

type Verdict = { winner: Side | null; reason: FieldReason } | "needs_edit_time";
type Facts = Comparison & { input: FieldInput };

/** What the rules decide on: both values in a common form, and which of them was edited since the base. */
export type Comparison = {
  h: string | null;
  s: string | null;
  changedH: boolean;
  changedS: boolean;
  first: boolean;
  input: Pick<FieldInput, "rule" | "hubspotEditedAt" | "salesforceEditedAt">;
};

/** Who wins by the rule, before anybody knows whether the value can be carried over. */
export type Judgement =
  | { kind: "none"; reason: FieldReason; conflict: boolean }
  | { kind: "needs_edit_time" }
  | { kind: "winner"; winner: Side; reason: FieldReason; conflict: boolean };

/**
 * One field of one pair (spec F1–F8, F12). The winner's value travels to the other side; nothing travels when neither
 * side differs from the base, so that what a CRM made of our own write is never written again.
 */
export function decideField(input: FieldInput): FieldDecision {
  const facts = readFacts(input);
  const judged = judge(facts, isSameValue(input.pair.kind, facts.h, facts.s));
  if (judged.kind === "needs_edit_time") return { action: "needs_edit_time" };
  if (judged.kind === "none") return { action: "none", reason: judged.reason, conflict: judged.conflict };
  return carryOver(facts, judged.winner, judged.reason, judged.conflict);
}

/** The rules of F1–F8 for two values in a common form; `same` = they mean the same, so nothing travels. */
export function judge(facts: Comparison, same: boolean): Judgement {
  if (facts.input.rule === "dont_sync") return { kind: "none", reason: "dont_sync", conflict: false };
  if (same) {
    return { kind: "none", reason: facts.h === null && facts.s === null ? "both_blank" : "equal", conflict: false };
  }
  if (!facts.first && !facts.changedH && !facts.changedS) return { kind: "none", reason: "unchanged", conflict: false };
  const verdict = facts.first ? judgeFirstSync(facts) : judgeLaterSync(facts);
  if (verdict === "needs_edit_time") return { kind: "needs_edit_time" };
  const conflict = !facts.first && facts.changedH && facts.changedS;
  if (verdict.winner === null) return { kind: "none", reason: verdict.reason, conflict };
  return { kind: "winner", winner: verdict.winner, reason: verdict.reason, conflict };
}

function readFacts(input: FieldInput): Facts {
  const h = canonicalOf(input.pair, "hubspot", input.hubspot);
  const s = canonicalOf(input.pair, "salesforce", input.salesforce);
  if (input.base === undefined) return { h, s, changedH: true, changedS: true, first: true, input };
  const kind = input.pair.kind;
  const changedH = !isSameValue(kind, h, canonicalOf(input.pair, "hubspot", input.base.hubspot));
  const changedS = !isSameValue(kind, s, canonicalOf(input.pair, "salesforce", input.base.salesforce));
  return { h, s, changedH, changedS, first: false, input };
}

/** F8: a blank never erases; two different values follow the rule, Two-way the newest. */
function judgeFirstSync(facts: Comparison): Verdict {
  const { h, s, input } = facts;
  const rule = input.rule;
  if (s === null) {
    return rule === "always_salesforce"
      ? { winner: null, reason: "first_sync_keeps_value" }
      : { winner: "hubspot", reason: "salesforce_blank_takes_hubspot" };
  }
  if (h === null) {
    return rule === "always_hubspot"
      ? { winner: null, reason: "first_sync_keeps_value" }
      : { winner: "salesforce", reason: "hubspot_blank_takes_salesforce" };
  }
  if (rule === "two_way") return judgeNewest(facts);
  return rule === "prefer_hubspot" || rule === "always_hubspot"
    ? { winner: "hubspot", reason: "hubspot_wins" }
    : { winner: "salesforce", reason: "salesforce_wins" };
}

function judgeLaterSync(facts: Comparison): Verdict {
  switch (facts.input.rule) {
    case "always_salesforce":
      return { winner: "salesforce", reason: facts.s === null ? "salesforce_cleared" : "salesforce_wins" };
    case "always_hubspot":
      return { winner: "hubspot", reason: facts.h === null ? "hubspot_cleared" : "hubspot_wins" };
    case "prefer_salesforce":
      return judgePreferred("salesforce", facts.s, facts.changedS);
    case "prefer_hubspot":
      return judgePreferred("hubspot", facts.h, facts.changedH);
    case "two_way":
      return judgeTwoWay(facts);
    case "dont_sync":
      return { winner: null, reason: "dont_sync" };
  }
}

/** F1 and its mirror F5: the preferred side wins unless it is blank as before; when it was just cleared, the clear travels. */
function judgePreferred(side: Side, value: string | null, changed: boolean): Verdict {
  const other: Side = side === "salesforce" ? "hubspot" : "salesforce";
  if (value !== null) return { winner: side, reason: side === "salesforce" ? "salesforce_wins" : "hubspot_wins" };
  if (changed) return { winner: side, reason: side === "salesforce" ? "salesforce_cleared" : "hubspot_cleared" };
  return {
    winner: other,
    reason: side === "salesforce" ? "salesforce_blank_takes_hubspot" : "hubspot_blank_takes_salesforce",
  };
}

function judgeTwoWay(facts: Comparison): Verdict {
  if (facts.changedH && facts.changedS) return judgeNewest(facts);
  return facts.changedH
    ? { winner: "hubspot", reason: "only_hubspot_changed" }
    : { winner: "salesforce", reason: "only_salesforce_changed" };
}

function judgeNewest(facts: Comparison): Verdict {
  const { hubspotEditedAt, salesforceEditedAt } = facts.input;
  if (hubspotEditedAt === undefined) return "needs_edit_time";
  // Salesforce tells whole seconds: within the same second nobody can say who was first, and a tie goes to Salesforce.
  const hubspotSecond = Math.floor(hubspotEditedAt / 1000);
  const salesforceSecond = Math.floor(salesforceEditedAt / 1000);
  if (hubspotSecond === salesforceSecond) return { winner: "salesforce", reason: "tie_salesforce" };
  return hubspotSecond > salesforceSecond
    ? { winner: "hubspot", reason: "newest_hubspot" }
    : { winner: "salesforce", reason: "newest_salesforce" };
}

function carryOver(facts: Facts, winner: Side, reason: FieldReason, conflict: boolean): FieldDecision {
  const { pair } = facts.input;
  if (winner === "salesforce") return carryToHubSpot(facts, reason, conflict);
  if (pair.salesforce.readOnly) return { action: "blocked", reason: "read_only_in_salesforce", conflict, winner };
  const converted = toSalesforceValue(pair, facts.h);
  if (converted.ok) {
    const { value } = converted;
    return { action: "write", side: "salesforce", value, overwrites: facts.input.salesforce, winner, reason, conflict };
  }
  // O1: Salesforce needs an owner. A HubSpot owner that is nobody there goes back to Salesforce's, and the card says so.
  if (converted.why === "no_owner_match" && facts.s !== null && isOwner(pair.hubspot))
    return carryToHubSpot(facts, "no_owner_match", conflict);
  return { action: "blocked", reason: converted.why, conflict, winner };
}

function carryToHubSpot(facts: Facts, reason: FieldReason, conflict: boolean): FieldDecision {
  const { pair, hubspot } = facts.input;
  const winner = "salesforce";
  if (pair.hubspot.readOnly) return { action: "blocked", reason: "read_only_in_hubspot", conflict, winner };
  const converted = toHubSpotValue(pair, facts.s);
  if (!converted.ok) return { action: "blocked", reason: converted.why, conflict, winner };
  return { action: "write", side: "hubspot", value: converted.value, overwrites: hubspot, winner, reason, conflict };
}
