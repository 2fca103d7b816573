import { domainsOfCompany } from "@/lib/decide/match-companies";
import { emailsOfSalesforce } from "@/lib/decide/match-records";
import type { SalesforceReading } from "@/lib/decide/record-types";
import { findCompaniesOfContacts, findLoneCompanies, type LoneCompany } from "@/lib/store/company-links";
import { DRY_TOKEN } from "@/lib/store/record-claims";
import { markRecordDue } from "@/lib/store/record-marks";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { newTrigger } from "./new-trigger";

/** How often an account gives way to a company before it counts as one of its own: the company may choose another. */
const MAX_WAITS = 3;

/**
 * A lone account whose web domain, or one of whose contacts, leads to a company that has no account yet waits for that
 * company to join them; an account that was converted from a lead finds the company of its contact this way (M3, M4).
 */
export async function deferLoneAccounts(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter(
    (w) => w.salesforce && w.claimed.hubspotId === null && countWaits(w) < MAX_WAITS,
  );
  if (works.length === 0) return;
  const byContact = await findByContact(batch, works);
  const byDomain = await findByDomain(batch, works);
  for (const work of works) {
    const company = byContact.get(work) ?? byDomain.get(work);
    if (!company) continue;
    work.deferred = true;
    if (batch.token === DRY_TOKEN) continue;
    const { connectionId } = batch.context;
    await markRecordDue(connectionId, work.claimed.id, newTrigger("linked", "hubspot", []));
    if (!company.isDue) await markRecordDue(connectionId, company.recordId, newTrigger("linked", "salesforce", []));
  }
}

function countWaits(work: RecordWork): number {
  return work.claimed.triggers.filter((trigger) => trigger.code === "linked").length;
}

async function findByDomain(batch: Batch, works: RecordWork[]): Promise<Map<RecordWork, LoneCompany>> {
  const found = new Map<RecordWork, LoneCompany>();
  if (!batch.context.connection.settings.company.matchByDomain) return found;
  const domains = new Map(works.map((work) => [work, domainsOfCompany([work.salesforce?.values.Website ?? null])]));
  const companies = await findLoneCompanies(batch.context.connectionId, {
    domains: [...new Set([...domains.values()].flat())],
    companyIds: [],
  });
  for (const [work, own] of domains) {
    const company = companies.find((one) => one.domains.some((domain) => own.includes(domain)));
    if (company) found.set(work, company);
  }
  return found;
}

/** One query for the contacts of all these accounts; who they are to HubSpot is known from our own records. */
async function findByContact(batch: Batch, works: RecordWork[]): Promise<Map<RecordWork, LoneCompany>> {
  const { connectionId } = batch.context;
  const keys = works.map((work) => ({ field: "AccountId", value: work.salesforce?.id ?? "" }));
  const contacts = await batch.crms.salesforce.readByKeys(["Contact"], keys, { Contact: ["AccountId", "Email"] });
  for (const work of works) work.calls += 1;
  if (contacts.length === 0) return new Map();
  const known = await findCompaniesOfContacts(connectionId, {
    emails: [...new Set(contacts.flatMap((contact) => emailsOfSalesforce(contact.values)))],
    salesforceIds: contacts.map((contact) => contact.id),
  });
  const companyIds = [...new Set(known.map((one) => one.companyId))];
  const lone = new Map(
    (await findLoneCompanies(connectionId, { domains: [], companyIds })).map((c) => [c.hubspotId, c]),
  );
  const isOf = (contact: SalesforceReading) => (one: (typeof known)[number]) =>
    one.salesforceId === contact.id || emailsOfSalesforce(contact.values).some((email) => one.emails.includes(email));
  const byAccount = Map.groupBy(contacts, (contact) => String(contact.values.AccountId ?? ""));
  const companyOf = (work: RecordWork) =>
    (byAccount.get(work.salesforce?.id ?? "") ?? [])
      .flatMap((contact) => known.filter(isOf(contact)))
      .map((one) => lone.get(one.companyId))
      .find((company) => company !== undefined);
  return new Map(
    works.flatMap((work) => {
      const company = companyOf(work);
      return company ? [[work, company] as const] : [];
    }),
  );
}
