import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { FieldReason } from "@/lib/decide/decide-field";
import type { FieldPlan } from "@/lib/decide/decision-types";
import { type Batch, openWorks, type RecordWork } from "./batch-work";

/** Blocked fields that a person has to cure: they make the record fail where others only show on its card (spec P2). */
const FAILURES: Partial<Record<FieldReason, { code: string; message: string }>> = {
  stage_unknown: { code: "STAGE_NOT_MAPPED", message: "The stage is not one of the pipeline's stages any more." },
  stage_pair_gone: { code: "STAGE_NOT_MAPPED", message: "The stage is paired with one that no longer exists." },
  stage_without_counterpart: { code: "STAGE_NOT_MAPPED", message: "No stage on the other side means the same." },
  currency_not_in_salesforce: { code: "CURRENCY_NOT_AVAILABLE", message: "Salesforce does not have this currency." },
  not_a_value: { code: "NOT_A_VALUE", message: "The value is none that the field on the other side can hold." },
  currency_not_in_hubspot: { code: "CURRENCY_NOT_AVAILABLE", message: "HubSpot does not have this currency." },
};

/** A deal must not be made in a stage that nobody chose: without a stage to go to it is not created at all. */
export function holdBlocked(batch: Batch): void {
  for (const work of openWorks(batch)) {
    if (work.decision?.kind === "plan" && work.refusal)
      work.decision = { ...work.decision, fields: [], hubspot: null, salesforce: null };
    if (work.decision?.kind !== "plan" || !blockedFields(work).some(isStage)) continue;
    const { hubspot, salesforce } = work.decision;
    work.decision = {
      ...work.decision,
      hubspot: hubspot?.operation === "create" ? null : hubspot,
      salesforce: salesforce?.operation === "create" ? null : salesforce,
    };
  }
}

/** After the writes: what is blocked stands as the record's failure, with the value that is at fault. */
export function failBlocked(batch: Batch): void {
  for (const work of openWorks(batch)) {
    if (work.decision?.kind === "plan" && work.refusal)
      work.salesforceOutcomes.push({ key: work.claimed.id, ok: false, failure: work.refusal });
    for (const field of blockedFields(work)) {
      if (field.decision.action !== "blocked") continue;
      const told = FAILURES[field.decision.reason];
      if (!told) continue;
      const isFromHubSpot = field.decision.winner === "hubspot";
      const name = isFromHubSpot ? field.hubspotProperty : field.salesforceField;
      const side = isFromHubSpot ? "salesforce" : "hubspot";
      const failure: RemoteFailure = { side, status: 0, ...told, fields: [name], uncertain: false };
      const sent = { [name]: isFromHubSpot ? field.hubspot : field.salesforce };
      const outcome = { key: work.claimed.id, ok: false, failure } as const;
      if (side === "salesforce") {
        work.salesforceSent = { ...work.salesforceSent, ...sent };
        work.salesforceOutcomes.push(outcome);
      } else {
        work.hubspotSent = { ...work.hubspotSent, ...sent };
        work.hubspotOutcomes.push(outcome);
      }
    }
  }
}

function blockedFields(work: RecordWork): FieldPlan[] {
  if (work.decision?.kind !== "plan") return [];
  return work.decision.fields.filter(({ decision }) => decision.action === "blocked" && FAILURES[decision.reason]);
}

function isStage({ decision }: FieldPlan): boolean {
  return decision.action === "blocked" && FAILURES[decision.reason]?.code === "STAGE_NOT_MAPPED";
}
