import { listPeople, type Person } from "../shared/people";
import { createRandom, mixSeed, type Random } from "../shared/random";
import type { Change } from "./record";
import { seedLists } from "./seed-lists";
import { RelationSeeder } from "./seed-relations";
import type { HubSpotState } from "./state";
import { createRecord, updateRecord } from "./write-record";

const TWO_YEARS_MS = 2 * 365 * 86_400_000;
/** So many persons wait for search at most while sample data is laid down: few enough to be collected cheaply. */
const SETTLE_EVERY = 50;
/** The newest sample contact is a day old, so that "changed since the start" finds none of them. */
const NEWEST_AGE_MS = 86_400_000;

const STAGES = [
  "subscriber",
  "subscriber",
  "lead",
  "lead",
  "lead",
  "marketingqualifiedlead",
  "salesqualifiedlead",
  "opportunity",
  "customer",
  "customer",
  "evangelist",
] as const;
const LEAD_STATUSES = ["NEW", "OPEN", "IN_PROGRESS", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING"] as const;
const COMPANY_SIZES: [number, string][] = [
  [5, "1-5"],
  [25, "5-25"],
  [50, "25-50"],
  [100, "50-100"],
  [500, "100-500"],
  [1000, "500-1000"],
];

/**
 * Fills an empty portal with HubSpot's share of a world of `people` persons (8 of 10), their companies, deals and
 * tickets. The same seed and size give the same values, ids and relative ages; ages count back from now by the clock.
 */
export function seedPortal(state: HubSpotState, seed: number, people: number): void {
  state.feed.muted(() => {
    seedPeople(state, seed, people);
    seedLists(state);
  });
  settleSearch(state);
}

function settleSearch(state: HubSpotState): void {
  for (const type of state.listTypes()) state.storeOf(type).settle(state.clock.now());
}

/** The sample contacts, each with what belongs to it: older versions of a record are forgotten while they are young. */
function seedPeople(state: HubSpotState, seed: number, people: number): void {
  const now = state.clock.now();
  const owners = state.owners.filter((owner) => !owner.archived).map((owner) => owner.id);
  const relations = new RelationSeeder(state, seed);
  for (const { i, person } of listPeople("hubspot", seed, people)) {
    // Another stream than the person's own, so that owners and stages do not follow from names.
    const random = createRandom(mixSeed(seed + 7919, i));
    const share = (i + random.next()) / people;
    const at = Math.floor(now - NEWEST_AGE_MS - (1 - share) * TWO_YEARS_MS);
    let record = createRecord(state.contacts, describePerson(person, i, random, owners), makeOrigin(at, random));
    if (i % 11 === 5) {
      const change = makeOrigin(Math.floor((at + now - NEWEST_AGE_MS) / 2), random);
      record = updateRecord(state.contacts, record, { hs_lead_status: random.pick(LEAD_STATUSES) }, change);
    }
    relations.add(i, person, record);
    if (i % SETTLE_EVERY === 0) settleSearch(state);
  }
}

function makeOrigin(at: number, random: Random): Change {
  const kind = random.pick(["CRM_UI", "FORM", "IMPORT"] as const);
  const sourceId = { CRM_UI: "userId:9400002", FORM: "contact-form", IMPORT: "14302288" }[kind];
  return { at, sourceType: kind, sourceId, sourceLabel: null, userId: kind === "CRM_UI" ? 9400002 : null };
}

function pickCompanySize(employees: number): string {
  return COMPANY_SIZES.find(([most]) => employees <= most)?.[1] ?? "1000+";
}

/** Stored-form values of one person. About 3 % lack an address, 1 in 40 has a second one, 75 % have an owner. */
function describePerson(person: Person, i: number, random: Random, owners: string[]): Record<string, string> {
  const values: Record<string, string> = {
    firstname: person.firstName,
    lastname: person.lastName,
    phone: person.phone,
    mobilephone: person.mobile,
    company: person.company,
    jobtitle: person.title,
    address: person.street,
    city: person.city,
    state: person.state,
    zip: person.zip,
    country: person.country,
    website: person.website,
    industry: person.industry,
    salutation: person.salutation,
    hs_language: person.language,
    numemployees: pickCompanySize(person.employees),
    annualrevenue: String(person.annualRevenue),
    lifecyclestage: random.pick(STAGES),
  };
  const email = person.email.toLowerCase();
  if (!random.chance(0.03)) values.email = email;
  if (values.email && random.chance(0.025)) values.hs_additional_emails = `private-${i}@mail.example.net`;
  if (random.chance(0.75)) values.hubspot_owner_id = random.pick(owners);
  if (random.chance(0.5)) values.hs_lead_status = random.pick(LEAD_STATUSES);
  if (random.chance(0.2)) delete values.mobilephone;
  if (random.chance(0.1)) delete values.phone;
  return values;
}
