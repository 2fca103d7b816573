import type { SyncErrorView } from "@/lib/contracts/records";
import type { SalesforceType, Schemas } from "@/lib/decide/record-types";
import type { StoredError } from "@/lib/store/record-card";
import { labelField, type TellText, tellErrorField } from "./view-values";

/** The error object of card, pages, API and CSV alike (spec E2). `type`: what the record is in Salesforce. */
export function viewError(error: StoredError, type: SalesforceType, schemas: Schemas, tell: TellText): SyncErrorView {
  return {
    id: error.id,
    type: error.type,
    category: error.category,
    side: error.side,
    fields: error.fields.map(({ field, value }) =>
      tellErrorField({ field, label: labelField(schemas, error.side, type, field), value }, error.side, tell),
    ),
    remoteCode: error.remoteCode,
    remoteMessage: error.remoteMessage,
    retry: error.retry as SyncErrorView["retry"],
    openedAt: error.openedAt.toISOString(),
    lastSeenAt: error.lastSeenAt.toISOString(),
    closedAt: error.closedAt?.toISOString() ?? null,
    occurrences: error.occurrences,
  };
}
