import type { ExclusionReason, Gate } from "./check-gates";
import type { FieldDecision } from "./decide-field";
import type { FieldMapping, RawValue, SalesforceType, Side, Values } from "./record-types";

/** One line of the card's field table. */
export type FieldPlan = {
  mappingId: string;
  rule: FieldMapping["rule"];
  hubspotProperty: string;
  salesforceField: string;
  hubspot: RawValue;
  salesforce: RawValue;
  base: { hubspot: RawValue; salesforce: RawValue } | null;
  decision: Exclude<FieldDecision, { action: "needs_edit_time" }>;
};

export type PlannedWrite = { operation: "create" | "update"; values: Values };
export type RecordDecision =
  | { kind: "excluded"; reason: ExclusionReason; gates: Gate[] }
  | { kind: "delete"; side: Side; gates: Gate[] }
  | { kind: "needs_edit_times"; properties: string[] }
  | {
      kind: "plan";
      gates: Gate[];
      fields: FieldPlan[];
      hubspot: PlannedWrite | null;
      salesforce: (PlannedWrite & { type: SalesforceType }) | null;
    };
