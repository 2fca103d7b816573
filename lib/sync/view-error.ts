import type { SyncErrorView } from "@/lib/contracts/records";
import type { SalesforceType, Schemas, Side } from "@/lib/decide/record-types";
import type { StoredError } from "@/lib/store/record-card";
import { findSchema, labelField, type TellText, tellErrorField } from "./view-values";

/** The error object of card, pages, API and CSV alike (spec E2). `type`: what the record is in Salesforce. */
export function viewError(error: StoredError, type: SalesforceType, schemas: Schemas, tell: TellText): SyncErrorView {
  // What we found out ourselves before writing is named as the other side calls it.
  const placeOf = (field: string): Side =>
    findSchema(schemas, error.side, type, field) || !findSchema(schemas, otherSide(error.side), type, field)
      ? error.side
      : otherSide(error.side);
  return {
    id: error.id,
    type: error.type,
    category: error.category,
    side: error.side,
    fields: error.fields.map(({ field, value }) => {
      const label = labelField(schemas, placeOf(field), type, field);
      return tellErrorField({ field, label, value }, error.side, tell);
    }),
    remoteCode: error.remoteCode,
    remoteMessage: error.remoteMessage,
    retry: error.retry as SyncErrorView["retry"],
    openedAt: error.openedAt.toISOString(),
    lastSeenAt: error.lastSeenAt.toISOString(),
    closedAt: error.closedAt?.toISOString() ?? null,
    occurrences: error.occurrences,
  };
}

function otherSide(side: Side): Side {
  return side === "hubspot" ? "salesforce" : "hubspot";
}
