import type { MappingTrial } from "@/lib/contracts/mappings";

type Value = string | number | boolean | null;

/** One side of the example: what stands there, and what would stand there; `after` null = it stays. */
type TrialSide = { now: string; after: string | null };
export type TrialView =
  | { kind: "no_field" }
  | {
      kind: "write" | "clear" | "none" | "blocked" | "open";
      /** The side that would be written */
      side: "hubspot" | "salesforce" | null;
      /** What would be written, as text; "" for a clear */
      value: string;
      reason: string;
      hubspot: TrialSide;
      salesforce: TrialSide;
    };

const textOf = (value: Value, text: string | null) => text ?? (value === null ? "" : String(value));

/**
 * What would be written, in the words of the side that is written: an owner's or option's name is known where the same
 * value stands on one of the two sides, else the raw value is told.
 */
function textOfWritten(field: NonNullable<MappingTrial["field"]>): string {
  const { after, hubspot, salesforce } = field;
  if (after === null) return "";
  if (after === hubspot) return textOf(hubspot, field.hubspotText);
  if (after === salesforce) return textOf(salesforce, field.salesforceText);
  return String(after);
}

/** F14: the answer of a trial as the example shows it. */
export function readTrial({ field }: MappingTrial): TrialView {
  if (field === null) return { kind: "no_field" };
  const side = field.action === "write" ? field.writes : null;
  const value = side === null ? "" : textOfWritten(field);
  const sideOf = (own: "hubspot" | "salesforce", now: string): TrialSide => ({
    now,
    after: side === own ? value : null,
  });
  return {
    kind: kindOf(field.action, value),
    side,
    value,
    reason: field.action === "needs_edit_time" ? "needs_edit_time" : field.reason,
    hubspot: sideOf("hubspot", textOf(field.hubspot, field.hubspotText)),
    salesforce: sideOf("salesforce", textOf(field.salesforce, field.salesforceText)),
  };
}

function kindOf(action: NonNullable<MappingTrial["field"]>["action"], value: string) {
  if (action === "write") return value === "" ? "clear" : "write";
  if (action === "blocked") return "blocked";
  return action === "needs_edit_time" ? "open" : "none";
}
