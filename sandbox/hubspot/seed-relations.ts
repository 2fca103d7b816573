import type { Person } from "../shared/people";
import { createRandom, mixSeed, type Random } from "../shared/random";
import { associate } from "./associate";
import type { RecordRef } from "./change-feed";
import { COMPANIES, CONTACTS, DEALS, TICKETS } from "./object-types";
import type { Change, CrmRecord } from "./record";
import type { HubSpotState } from "./state";
import { checkProperties, createRecord } from "./write-record";

const DAY_MS = 86_400_000;

const INDUSTRIES: Record<string, string> = {
  Automotive: "AUTOMOTIVE",
  Banking: "BANKING",
  Construction: "CONSTRUCTION",
  Education: "EDUCATION_MANAGEMENT",
  Finance: "FINANCIAL_SERVICES",
  Healthcare: "HOSPITAL_HEALTH_CARE",
  Insurance: "INSURANCE",
  Logistics: "LOGISTICS_AND_SUPPLY_CHAIN",
  Manufacturing: "MACHINERY",
  Retail: "RETAIL",
  Software: "COMPUTER_SOFTWARE",
  Technology: "INFORMATION_TECHNOLOGY_AND_SERVICES",
};
const PRODUCTS: Record<Person["language"], readonly string[]> = {
  en: ["Annual licence", "Onboarding package", "Support plan", "Pilot project", "Expansion"],
  ja: ["年間ライセンス", "導入支援", "保守契約", "試験導入", "追加契約"],
};
const TICKET_SUBJECTS = ["Invoice question", "Cannot sign in", "Export stops half-way", "Wish: dark mode"] as const;
const SALES_STAGES = [
  "appointmentscheduled",
  "qualifiedtobuy",
  "presentationscheduled",
  "decisionmakerboughtin",
  "contractsent",
  "closedwon",
  "closedlost",
] as const;
const RENEWAL_STAGES = ["1195283441", "1195283442", "1195283443", "1195283444"] as const;

type Seeded = { i: number; person: Person; contact: RecordRef; at: number };

function makeImport(at: number): Change {
  return { at, sourceType: "IMPORT", sourceId: "14302288", sourceLabel: null, userId: null };
}

function refOf(type: RecordRef["type"], record: CrmRecord): RecordRef {
  return { type, id: record.id };
}

/** The company of each web domain, made when the first of its people comes along. */
function seedCompany(state: HubSpotState, person: Person, at: number, ownerId: string | undefined): RecordRef {
  const store = state.storeOf(COMPANIES);
  const values: Record<string, string> = {
    name: person.company,
    domain: person.domain,
    website: person.website,
    phone: person.phone,
    address: person.street,
    city: person.city,
    state: person.state,
    zip: person.zip,
    country: person.country,
    numberofemployees: String(person.employees),
    annualrevenue: String(person.annualRevenue),
    industry: INDUSTRIES[person.industry] ?? "CONSUMER_GOODS",
    lifecyclestage: "lead",
    ...(ownerId ? { hubspot_owner_id: ownerId } : {}),
  };
  return refOf(COMPANIES, createRecord(store, values, makeImport(at)));
}

/** One contact in eight has a deal, a quarter of those deals in the second pipeline. */
function seedDeal(state: HubSpotState, { i, person, contact, at }: Seeded, company: RecordRef, random: Random): void {
  const isRenewal = random.chance(0.25);
  const made = Math.min(at + random.int(60) * DAY_MS, state.clock.now() - DAY_MS);
  const product = random.pick(PRODUCTS[person.language]);
  const store = state.storeOf(DEALS);
  const owner = state.contacts.find(contact.id)?.properties.hubspot_owner_id;
  const given = {
    dealname: `${person.company} – ${product}`,
    pipeline: isRenewal ? "811215601" : "default",
    dealstage: random.pick(isRenewal ? RENEWAL_STAGES : SALES_STAGES),
    amount: String(person.language === "ja" ? 50_000 * (1 + random.int(80)) : 500 * (1 + random.int(90))),
    deal_currency_code: person.language === "ja" ? "JPY" : "USD",
    closedate: String(Math.floor((made + (20 + random.int(90)) * DAY_MS) / DAY_MS) * DAY_MS),
    dealtype: isRenewal ? "existingbusiness" : "newbusiness",
    hs_priority: random.pick(["low", "medium", "high"] as const),
    ...(owner ? { hubspot_owner_id: owner } : {}),
    ...(i % 3 === 0 ? { hs_next_step: "Send the proposal" } : {}),
  };
  const change = makeImport(made);
  const deal = refOf(DEALS, createRecord(store, checkProperties(store, undefined, given, state), change));
  associate(state, deal, contact, [], change);
  associate(state, deal, company, [], change);
}

function seedTicket(state: HubSpotState, { contact, at }: Seeded, company: RecordRef, random: Random): void {
  const store = state.storeOf(TICKETS);
  const given = {
    subject: random.pick(TICKET_SUBJECTS),
    content: "Reported by phone.",
    hs_pipeline: "0",
    hs_pipeline_stage: random.pick(["1", "2", "3", "4"] as const),
    hs_ticket_priority: random.pick(["LOW", "MEDIUM", "HIGH"] as const),
    source_type: random.pick(["EMAIL", "FORM", "PHONE"] as const),
  };
  const change = makeImport(Math.min(at + random.int(90) * DAY_MS, state.clock.now() - DAY_MS));
  const ticket = refOf(TICKETS, createRecord(store, checkProperties(store, undefined, given, state), change));
  associate(state, ticket, contact, [], change);
  associate(state, ticket, company, [], change);
}

/**
 * Gives one sample contact after the other its company (by web domain), to some a deal on one of both pipelines, and to a
 * few a ticket. The same seed and order give the same records.
 */
export class RelationSeeder {
  private readonly companies = new Map<string, RecordRef>();

  constructor(
    private readonly state: HubSpotState,
    private readonly seed: number,
  ) {}

  add(i: number, person: Person, record: CrmRecord): void {
    const { state } = this;
    const contact = refOf(CONTACTS, record);
    const random = createRandom(mixSeed(this.seed + 104_729, i));
    const at = record.createdAt;
    const company =
      this.companies.get(person.domain) ?? seedCompany(state, person, at, record.properties.hubspot_owner_id);
    this.companies.set(person.domain, company);
    associate(state, contact, company, [], makeImport(record.updatedAt));
    const seeded = { i, person, contact, at };
    if (random.chance(0.125)) seedDeal(state, seeded, company, random);
    if (random.chance(0.04)) seedTicket(state, seeded, company, random);
  }
}
