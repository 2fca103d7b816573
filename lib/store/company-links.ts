import { getDatabase } from "./client";

/** One of a company's contacts, by our own records. */
export type CompanyContact = {
  hubspotId: string;
  /** In sync with a Salesforce contact: leads have no account (spec P1) */
  syncsAsContact: boolean;
  /** Accounts of its Salesforce contact, or of those with its address that it is not linked to yet (conversion, first sync) */
  accountIds: string[];
};

/** Which of these HubSpot contacts we know, with the accounts that they lead to (spec M3). No remote call. */
export async function findCompanyContacts(connectionId: string, contactIds: string[]): Promise<CompanyContact[]> {
  if (contactIds.length === 0) return [];
  const rows = await getDatabase().$queryRaw<
    {
      hubspot_id: string;
      state: string;
      salesforce_type: string | null;
      account: string | null;
      others: (string | null)[] | null;
    }[]
  >`SELECT h.hubspot_id, h.state, h.salesforce_type, COALESCE(h.salesforce_seen, h.salesforce_base)->>'AccountId' AS account,
      (SELECT array_agg(DISTINCT COALESCE(s.salesforce_seen, s.salesforce_base)->>'AccountId') FROM sync_record s
        WHERE s.connection_id = h.connection_id AND s.object = 'contact' AND s.salesforce_type = 'Contact' AND s.hubspot_id IS NULL
          AND s.email = h.email) AS others
    FROM sync_record h
    WHERE h.connection_id = ${connectionId}::uuid AND h.object = 'contact' AND h.hubspot_id = ANY(${contactIds})`;
  return rows.map((row) => {
    const isContact = row.salesforce_type === "Contact";
    const ids = isContact ? [row.account] : (row.others ?? []);
    return {
      hubspotId: row.hubspot_id,
      syncsAsContact: isContact && row.state !== "excluded",
      accountIds: ids.filter((id) => id !== null),
    };
  });
}

/** A HubSpot company that has no account yet. */
export type LoneCompany = { recordId: string; hubspotId: string; domains: string[]; isDue: boolean };

/** Lone companies with one of these web domains, or with one of these ids. */
export async function findLoneCompanies(
  connectionId: string,
  wanted: { domains: string[]; companyIds: string[] },
): Promise<LoneCompany[]> {
  if (wanted.domains.length + wanted.companyIds.length === 0) return [];
  const rows = await getDatabase().$queryRaw<
    { id: string; hubspot_id: string; email: string | null; other_emails: string[]; is_due: boolean }[]
  >`SELECT id, hubspot_id, email, other_emails, requested_version > synced_version AS is_due FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'company' AND salesforce_id IS NULL AND hubspot_id IS NOT NULL
      AND email = ANY(${wanted.domains})
    UNION
    SELECT id, hubspot_id, email, other_emails, requested_version > synced_version FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'company' AND salesforce_id IS NULL AND hubspot_id = ANY(${wanted.companyIds})
    UNION
    SELECT id, hubspot_id, email, other_emails, requested_version > synced_version FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'company' AND salesforce_id IS NULL AND hubspot_id IS NOT NULL
      AND other_emails && ${wanted.domains}`;
  return rows.map((row) => ({
    recordId: row.id,
    hubspotId: row.hubspot_id,
    domains: [...(row.email === null ? [] : [row.email]), ...row.other_emails],
    isDue: row.is_due,
  }));
}

/** The lone accounts with one of these web domains, by id. */
export async function findLoneAccountIds(connectionId: string, domains: string[]): Promise<string[]> {
  if (domains.length === 0) return [];
  const rows = await getDatabase().$queryRaw<{ salesforce_id: string }[]>`
    SELECT salesforce_id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'company' AND hubspot_id IS NULL AND email = ANY(${domains})`;
  return rows.map((row) => row.salesforce_id);
}

/** The main HubSpot company of contacts that have one of these addresses or are linked to one of these Salesforce records. */
export async function findCompaniesOfContacts(
  connectionId: string,
  wanted: { emails: string[]; salesforceIds: string[] },
): Promise<{ emails: string[]; salesforceId: string | null; companyId: string }[]> {
  const rows = await getDatabase().$queryRaw<
    { email: string | null; other_emails: string[]; salesforce_id: string | null; company_id: string | null }[]
  >`SELECT email, other_emails, salesforce_id, COALESCE(hubspot_seen, hubspot_base)->>'associatedcompanyid' AS company_id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND hubspot_id IS NOT NULL AND email = ANY(${wanted.emails})
    UNION
    SELECT email, other_emails, salesforce_id, COALESCE(hubspot_seen, hubspot_base)->>'associatedcompanyid' FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND hubspot_id IS NOT NULL AND salesforce_id = ANY(${wanted.salesforceIds})`;
  return rows.flatMap((row) =>
    row.company_id
      ? [
          {
            emails: [...(row.email === null ? [] : [row.email]), ...row.other_emails],
            salesforceId: row.salesforce_id,
            companyId: row.company_id,
          },
        ]
      : [],
  );
}

/** Those of these contacts that are pairs with a Salesforce contact, by both ids; leads and lone ones are left out. */
export async function findContactPairs(
  connectionId: string,
  hubspotIds: string[],
  salesforceIds: string[],
): Promise<{ hubspotId: string; salesforceId: string }[]> {
  if (hubspotIds.length + salesforceIds.length === 0) return [];
  const rows = await getDatabase().$queryRaw<{ hubspot_id: string; salesforce_id: string }[]>`
    SELECT hubspot_id, salesforce_id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND salesforce_type = 'Contact'
      AND hubspot_id = ANY(${hubspotIds}) AND salesforce_id IS NOT NULL
    UNION
    SELECT hubspot_id, salesforce_id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND salesforce_type = 'Contact'
      AND salesforce_id = ANY(${salesforceIds}) AND hubspot_id IS NOT NULL`;
  return rows.map((row) => ({ hubspotId: row.hubspot_id, salesforceId: row.salesforce_id }));
}
