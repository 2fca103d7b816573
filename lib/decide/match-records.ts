import type { SalesforceType, Values } from "./record-types";
import { isBlank } from "./record-types";

/** A Salesforce record that carries one of the contact's addresses or its HubSpot id. */
export type SalesforceCandidate = {
  id: string;
  type: SalesforceType;
  name: string;
  email: string | null;
  modifiedAt: number;
  isConverted: boolean;
  /** The HubSpot id written on it by an earlier create, null when none */
  hubspotId: string | null;
  /** It is already the partner of another HubSpot contact */
  pairedElsewhere: boolean;
};

export type Match = { chosen: SalesforceCandidate | null; others: SalesforceCandidate[] };

/**
 * M1, M2: a record that already carries this contact's id comes first (an earlier create whose answer was lost), then
 * Contact before unconverted Lead, then the latest change, then the Id. A converted lead is never a partner.
 */
export function matchSalesforceRecord(hubspotId: string, candidates: SalesforceCandidate[]): Match {
  const usable = candidates.filter((c) => !c.isConverted && !c.pairedElsewhere);
  const ordered = usable.toSorted((a, b) => {
    const ownA = a.hubspotId === hubspotId ? 0 : 1;
    const ownB = b.hubspotId === hubspotId ? 0 : 1;
    if (ownA !== ownB) return ownA - ownB;
    if (a.type !== b.type) return a.type === "Contact" ? -1 : 1;
    if (a.modifiedAt !== b.modifiedAt) return b.modifiedAt - a.modifiedAt;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  });
  const chosen = ordered[0] ?? null;
  const others = candidates.filter((c) => c !== chosen).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { chosen, others };
}

/** Trimmed, lower-case, without repeats; HubSpot's secondary addresses (";" between them) included (spec M1). */
export function emailsOfHubSpot(values: Values): string[] {
  return distinctEmails([values.email, ...String(values.hs_additional_emails ?? "").split(";")]);
}

export function emailsOfSalesforce(values: Values): string[] {
  return distinctEmails([values.Email]);
}

function distinctEmails(raw: unknown[]): string[] {
  const emails = raw
    .filter((v): v is string => typeof v === "string" && !isBlank(v))
    .map((v) => v.trim().toLowerCase());
  return [...new Set(emails)];
}
