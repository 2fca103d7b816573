import { HUBSPOT_ID_PROPERTIES, SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import {
  type AccountCandidate,
  type CompanyToMatch,
  domainsOfCompany,
  isSameSalesforceId,
  matchAccount,
} from "@/lib/decide/match-companies";
import type { RawValue, SalesforceReading, Values } from "@/lib/decide/record-types";
import { readSalesforceId } from "@/lib/decide/salesforce-id";
import { type CompanyContact, findCompanyContacts, findLoneAccountIds } from "@/lib/store/company-links";
import { findPartnerRows } from "@/lib/store/record-claims";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { commitLinks } from "./commit-links";
import { deferLoneAccounts } from "./defer-lone-accounts";

/** What a person pressed counts for more than the contacts of a company (spec P1). */
const BY_HAND = "T17";

/**
 * M3: joins companies with their accounts and tells which lone ones may make an account (P1). A pair is always joined from
 * its HubSpot side; a lone account that a known company is waiting for gives way to it.
 */
export async function matchCompanies(batch: Batch): Promise<void> {
  await matchHubSpotCompanies(batch);
  await deferLoneAccounts(batch);
}

type Wanted = { work: RecordWork; company: CompanyToMatch };

async function matchHubSpotCompanies(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((w) => w.hubspot && w.claimed.salesforceId === null);
  if (works.length === 0) return;
  const contacts = await readContacts(batch, works);
  const wanted = works.map((work): Wanted => ({ work, company: describeCompany(work, contacts.get(work) ?? []) }));
  for (const { work } of wanted) {
    const isByHand = work.claimed.triggers.some((trigger) => trigger.code === BY_HAND);
    work.hasSyncingContact = isByHand || (contacts.get(work) ?? []).some((contact) => contact.syncsAsContact);
  }
  const readings = await readCandidates(batch, wanted);
  await chooseAccounts(batch, wanted, readings);
}

/** The contacts of each company, all kinds of association counted: one call for 1,000 companies. */
async function readContacts(batch: Batch, works: RecordWork[]): Promise<Map<RecordWork, CompanyContact[]>> {
  const ids = works.map((w) => w.hubspot?.id ?? "");
  const associated = await batch.crms.hubspot.readAssociations("company", "contact", ids);
  const contactIds = [...new Set([...associated.values()].flat().map((contact) => contact.id))];
  const known = await findCompanyContacts(batch.context.connectionId, contactIds);
  const byId = new Map(known.map((contact) => [contact.hubspotId, contact]));
  return new Map(
    works.map((work) => {
      work.calls += 1;
      const own = associated.get(work.hubspot?.id ?? "") ?? [];
      return [work, own.flatMap((contact) => byId.get(contact.id) ?? [])];
    }),
  );
}

function describeCompany(work: RecordWork, contacts: CompanyContact[]): CompanyToMatch {
  const values = work.hubspot?.values ?? {};
  return {
    hubspotId: work.hubspot?.id ?? "",
    storedAccountId: readSalesforceId(textOrNull(values[HUBSPOT_ID_PROPERTIES.Account ?? ""]), "001"),
    contactAccountIds: [...new Set(contacts.flatMap((contact) => contact.accountIds))],
    domains: domainValues(values),
  };
}

function domainValues(values: Values): RawValue[] {
  return [values.domain ?? null, values.website ?? null];
}

/** Accounts by our id on them, by their own id, and by what people write into Website for a domain. */
async function readCandidates(batch: Batch, wanted: Wanted[]): Promise<SalesforceReading[]> {
  const { connection, connectionId, fields, idFields } = batch.context;
  const isByDomain = connection.settings.company.matchByDomain;
  const domains = isByDomain ? [...new Set(wanted.flatMap(({ company }) => domainsOfCompany(company.domains)))] : [];
  const ids = [
    ...wanted.flatMap(({ company }) => [company.storedAccountId ?? [], company.contactAccountIds].flat()),
    ...(await findLoneAccountIds(connectionId, domains)),
  ];
  const idField = SALESFORCE_ID_FIELDS.Account;
  const own = idFields.salesforce && idField !== null ? wanted.map(({ company }) => company.hubspotId) : [];
  const keys = [
    ...[...new Set(ids)].map((value) => ({ field: "Id", value })),
    ...own.map((value) => ({ field: idField ?? "", value })),
    ...domains.flatMap(listWebsites).map((value) => ({ field: "Website", value })),
  ];
  if (keys.length === 0) return [];
  for (const { work } of wanted) work.calls += 1;
  return batch.crms.salesforce.readByKeys(["Account"], keys, fields);
}

/** Website is free text: a domain is found in the forms in which people write it; case does not matter to Salesforce. */
function listWebsites(domain: string): string[] {
  const hosts = [domain, `www.${domain}`];
  return ["", "https://", "http://"].flatMap((scheme) => hosts.flatMap((host) => [scheme + host, `${scheme + host}/`]));
}

async function chooseAccounts(batch: Batch, wanted: Wanted[], readings: SalesforceReading[]): Promise<void> {
  const { connectionId, connection } = batch.context;
  const ids = readings.map((r) => r.id);
  const rows = await findPartnerRows(connectionId, "company", [], ids);
  const taken = new Set(rows.filter((row) => row.hubspotId !== null).map((row) => row.salesforceId ?? ""));
  const index = indexAccounts(readings);
  for (const { work, company } of wanted) {
    const own = findAccounts(index, company);
    const candidates = own.map((reading) => toCandidate(reading, taken));
    const match = matchAccount(company, candidates, connection.settings.company.matchByDomain);
    work.candidates = match.others.map(({ id, name }) => ({ id, type: "Account", name, email: null }));
    if (!match.chosen) {
      // Its own id says which account is meant, and that one belongs to another company.
      const stored = candidates.find((one) => isSameSalesforceId(one.id, company.storedAccountId));
      work.partnerTaken = stored?.pairedElsewhere === true;
      continue;
    }
    const { chosen } = match;
    taken.add(chosen.id);
    work.salesforce = own.find((reading) => reading.id === chosen.id) ?? null;
    work.justLinked = work.salesforce !== null;
  }
  const joined = wanted.filter(({ work }) => work.justLinked).map(({ work }) => work);
  await commitLinks(batch, "company", joined);
}

/** The accounts of a batch under everything by which a company may ask for one. */
type AccountIndex = Map<string, SalesforceReading[]>;

function indexAccounts(readings: SalesforceReading[]): AccountIndex {
  const index: AccountIndex = new Map();
  const add = (key: string, reading: SalesforceReading) => index.set(key, [...(index.get(key) ?? []), reading]);
  for (const reading of readings) {
    add(idKey(reading.id), reading);
    const hubspotId = textOrNull(reading.values[SALESFORCE_ID_FIELDS.Account ?? ""]);
    if (hubspotId) add(`hubspot ${hubspotId}`, reading);
    for (const domain of domainsOfCompany([reading.values.Website ?? null])) add(`domain ${domain}`, reading);
  }
  return index;
}

function findAccounts(index: AccountIndex, company: CompanyToMatch): SalesforceReading[] {
  const keys = [
    `hubspot ${company.hubspotId}`,
    ...[company.storedAccountId ?? [], company.contactAccountIds].flat().map(idKey),
    ...domainsOfCompany(company.domains).map((domain) => `domain ${domain}`),
  ];
  return [...new Set(keys.flatMap((key) => index.get(key) ?? []))];
}

/** An id may come in 15 characters or in 18. */
function idKey(id: string): string {
  return `id ${id.slice(0, 15)}`;
}

function toCandidate(reading: SalesforceReading, taken: ReadonlySet<string>): AccountCandidate {
  return {
    id: reading.id,
    name: textOrNull(reading.values.Name) ?? "",
    website: reading.values.Website ?? null,
    modifiedAt: reading.modifiedAt,
    hubspotId: textOrNull(reading.values[SALESFORCE_ID_FIELDS.Account ?? ""]),
    pairedElsewhere: taken.has(reading.id),
  };
}

function textOrNull(value: RawValue | undefined): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
