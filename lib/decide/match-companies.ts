import type { RawValue } from "./record-types";
import { isOwnDomain, normaliseDomain } from "./web-domain";

/** An account that a company may be linked to. */
export type AccountCandidate = {
  id: string;
  name: string;
  website: RawValue;
  modifiedAt: number;
  /** The HubSpot id written on it by an earlier create, null when none */
  hubspotId: string | null;
  /** It is already the partner of another HubSpot company */
  pairedElsewhere: boolean;
};

export type CompanyToMatch = {
  hubspotId: string;
  /** HubSpot's "Salesforce Account ID", 15 or 18 characters */
  storedAccountId: string | null;
  /** Accounts of the Salesforce contacts that are paired with this company's contacts */
  contactAccountIds: readonly string[];
  /** `domain`, `website` and HubSpot's further domains, as HubSpot has them */
  domains: readonly RawValue[];
};

export type AccountMatch = {
  chosen: AccountCandidate | null;
  by: "earlier_create" | "stored_id" | "contact" | "domain" | null;
  others: AccountCandidate[];
};

/**
 * M3: the account that an earlier create of ours made, else the one whose id the company holds, else the account of one of
 * its contacts, else (setting) the one with the same web domain. Within a step the latest change, then the Id (M2); never
 * one that is taken. `others` are the remaining candidates, by Id.
 */
export function matchAccount(
  company: CompanyToMatch,
  candidates: readonly AccountCandidate[],
  matchByDomain: boolean,
): AccountMatch {
  const domains = new Set(domainsOfCompany(company.domains));
  const steps: [Exclude<AccountMatch["by"], null>, (candidate: AccountCandidate) => boolean][] = [
    ["earlier_create", (candidate) => candidate.hubspotId === company.hubspotId],
    ["stored_id", (candidate) => isSameSalesforceId(candidate.id, company.storedAccountId)],
    ["contact", (candidate) => company.contactAccountIds.some((id) => isSameSalesforceId(candidate.id, id))],
    ["domain", (candidate) => matchByDomain && domains.has(normaliseDomain(candidate.website) ?? "")],
  ];
  const free = candidates.filter((candidate) => !candidate.pairedElsewhere).toSorted(compareCandidates);
  for (const [by, fits] of steps) {
    const chosen = free.find(fits);
    if (chosen) return { chosen, by, others: othersOf(candidates, chosen) };
  }
  return { chosen: null, by: null, others: othersOf(candidates, null) };
}

/** The domains to look accounts up by, in one form and without repeats; none for mailbox providers and shared sites. */
export function domainsOfCompany(raw: readonly RawValue[]): string[] {
  const domains = raw.map(normaliseDomain).filter((domain): domain is string => domain !== null && isOwnDomain(domain));
  return [...new Set(domains)];
}

/** Salesforce's 15-character id is the 18-character one without its check letters; its case matters. */
export function isSameSalesforceId(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.length >= 15 && b.length >= 15 && a.slice(0, 15) === b.slice(0, 15);
}

function othersOf(candidates: readonly AccountCandidate[], chosen: AccountCandidate | null): AccountCandidate[] {
  return candidates.filter((candidate) => candidate !== chosen).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function compareCandidates(a: AccountCandidate, b: AccountCandidate): number {
  if (a.modifiedAt !== b.modifiedAt) return b.modifiedAt - a.modifiedAt;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
