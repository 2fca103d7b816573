import { salesforceFieldOf } from "@/lib/decide/record-types";
import type { Batch, RecordWork } from "./batch-work";
import { ID_FIELD_NAMES } from "./load-sync-context";

/**
 * T11: what was just written to Salesforce may have moved a mapped formula, whose value no write answers and no check
 * calls a change. Such a record is read once more, and the formula's value travels; that pass writes nothing to
 * Salesforce. Our own id field alone moves nothing.
 */
export function feedsFormula(batch: Batch, work: RecordWork): boolean {
  const type = work.decision?.kind === "plan" ? (work.salesforce?.type ?? work.decision.salesforce?.type) : undefined;
  if (!type || !work.salesforceOutcomes.some((o) => o.ok)) return false;
  if (Object.keys(work.salesforceSent).every((name) => name === ID_FIELD_NAMES.salesforce[type])) return false;
  const { mappings, schemas } = batch.context.settings;
  return mappings.some((mapping) => {
    const field = salesforceFieldOf(mapping, type);
    return mapping.rule !== "dont_sync" && field !== null && schemas[type][field]?.calculated === true;
  });
}
