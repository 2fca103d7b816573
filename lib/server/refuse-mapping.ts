import { Refusal } from "./problem";

type MappingRefusal =
  | { kind: "not_found" | "changed_meanwhile" | "default_mapping_stays" }
  | { kind: "already_mapped"; name: string }
  | { kind: "types_do_not_match"; findings: { severity: string; issue: string; on: string }[] };

/** The refusal of the mapping editor as the API gives it; `fields` names the ends at fault. */
export function refuseMapping(refusal: MappingRefusal): Refusal {
  if (refusal.kind === "already_mapped") return new Refusal("already_mapped", { detail: refusal.name });
  if (refusal.kind !== "types_do_not_match") return new Refusal(refusal.kind);
  const errors = refusal.findings.filter((finding) => finding.severity === "error");
  return new Refusal("types_do_not_match", { fields: errors.map(({ on, issue }) => ({ path: on, message: issue })) });
}
