import type { ErrorGroup, ErrorRecord } from "@/lib/contracts/errors";
import type { PanelTarget } from "./health-filters";

type SyncError = ErrorRecord["error"];
/** What the words of an error need; the Salesforce type and the field only where all records share them. */
export type CommonError = Pick<SyncError, "type" | "category" | "side" | "retry" | "fields"> & {
  salesforceType: ErrorRecord["record"]["salesforceType"];
};

/** What the shown records have in common; before they are there, what the address and the numbers tell. */
export function commonError(
  target: PanelTarget,
  groups: readonly ErrorGroup[],
  rows: readonly ErrorRecord[],
): CommonError {
  const error = rows[0]?.error;
  const types = new Set(rows.map((row) => row.record.salesforceType));
  const fields = namedFields(rows);
  const [only] = fields;
  return {
    type: target.type,
    category: error?.category ?? groups[0]?.category ?? "",
    side: target.side ?? error?.side ?? groups[0]?.side ?? "salesforce",
    retry: error?.retry ?? "waits",
    fields: fields.length === 1 && only ? [{ ...only, value: null, text: null }] : [],
    salesforceType: types.size === 1 ? (rows[0]?.record.salesforceType ?? null) : null,
  };
}

/** The fields at fault of these records, each once, in the order in which they come up. */
export function namedFields(rows: readonly ErrorRecord[]): { field: string; label: string }[] {
  const names = new Map<string, string>();
  for (const { error } of rows) {
    for (const { field, label } of error.fields) names.set(field, label || field);
  }
  return [...names].map(([field, label]) => ({ field, label }));
}
