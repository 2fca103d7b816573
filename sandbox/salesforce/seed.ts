import { listPeople, type Person, STAFF } from "../shared/people";
import { createRandom, mixSeed, type Random } from "../shared/random";
import { ORG_ID } from "./ids";
import type { ObjectDef } from "./schema";
import { seedActivity, seedSetup } from "./seed-activity";
import { formatStamp } from "./stamps";
import type { OrgState } from "./state";
import type { Row, Value } from "./table";

const DAY = 86_400_000;
const SPREAD_MS = 730 * DAY;

type Seeder = { state: OrgState; random: Random; users: Row[]; queueId: string; accounts: Map<string, string> };

function find(state: OrgState, name: string): ObjectDef {
  const def = state.schema.findObject(name);
  if (!def) throw new Error(`no object ${name}`);
  return def;
}

/** Puts a row as it is, with these dates: the usual way in would stamp it with now and check it. */
function putRow(state: OrgState, object: string, values: Record<string, Value>, at: number): Row {
  const def = find(state, object);
  const row: Row = { Id: "", IsDeleted: false, SystemModstamp: "" };
  for (const field of def.fields) {
    if (field.formula === undefined && field.type !== "address")
      row[field.name] = field.default ?? (field.type === "boolean" ? false : null);
  }
  const stamp = formatStamp(at);
  const admin = state.adminId;
  Object.assign(row, {
    CreatedDate: stamp,
    LastModifiedDate: stamp,
    SystemModstamp: stamp,
    CreatedById: admin,
    LastModifiedById: admin,
  });
  Object.assign(row, values);
  if (def.findField("LastName")) row.Name = [row.FirstName, row.LastName].filter(Boolean).join(" ");
  row.Id = object === "Organization" ? ORG_ID : state.newId(object);
  state.table(object).put(row);
  return row;
}

function seedUsers(state: OrgState, at: number): Row[] {
  return STAFF.map((member, i) =>
    putRow(
      state,
      "User",
      {
        Username: member.email,
        Email: member.email,
        FirstName: member.firstName,
        LastName: member.lastName,
        Alias: member.email.slice(0, 5),
        CommunityNickname: member.email.split("@")[0] ?? "",
        IsActive: member.active,
        Title: i === 0 ? "Administrator" : "Sales Representative",
        TimeZoneSidKey: "Asia/Tokyo",
        LocaleSidKey: "en_US",
        LanguageLocaleKey: "en_US",
        EmailEncodingKey: "UTF-8",
        UserType: "Standard",
      },
      at,
    ),
  );
}

function seedOrganization(state: OrgState, at: number): void {
  putRow(
    state,
    "Organization",
    {
      Name: "Sandbox",
      Country: "JP",
      OrganizationType: "Developer Edition",
      InstanceName: "SBX1",
      IsSandbox: false,
      DefaultLocaleSidKey: "en_US",
      LanguageLocaleKey: "en_US",
      TimeZoneSidKey: "Asia/Tokyo",
    },
    at,
  );
}

function clip(text: string, max: number): string {
  return [...text].slice(0, max).join("").trim();
}

function pickOwner({ random, users }: Seeder): string {
  return users[random.int(5)]?.Id ?? "";
}

function describePerson(person: Person, hasEmail: boolean): Record<string, Value> {
  return {
    Salutation: person.salutation,
    FirstName: clip(person.firstName, 40),
    LastName: clip(person.lastName, 80),
    Title: clip(person.title, 128),
    Email: hasEmail ? person.email.toLowerCase() : null,
    Phone: person.phone,
    MobilePhone: person.mobile,
    LeadSource: person.leadSource,
  };
}

function placePerson(prefix: string, person: Person): Record<string, Value> {
  return {
    [`${prefix}Street`]: person.street,
    [`${prefix}City`]: person.city,
    [`${prefix}State`]: person.state,
    [`${prefix}PostalCode`]: person.zip,
    [`${prefix}Country`]: person.country,
  };
}

function seedLead(seeder: Seeder, person: Person, at: number, hasEmail: boolean): Row {
  const { random, queueId, state } = seeder;
  const values = {
    ...describePerson(person, hasEmail),
    ...placePerson("", person),
    Company: clip(person.company, 255),
    Website: person.website,
    Industry: person.industry,
    NumberOfEmployees: person.employees,
    AnnualRevenue: person.annualRevenue,
    Rating: random.pick(["Hot", "Warm", "Cold"]),
    Status: random.pick(["Open - Not Contacted", "Working - Contacted", "Closed - Not Converted"]),
    // A few leads wait in the queue.
    OwnerId: random.chance(0.05) ? queueId : pickOwner(seeder),
  };
  return putRow(state, "Lead", values, at);
}

function findAccount(seeder: Seeder, person: Person, at: number): string {
  const known = seeder.accounts.get(person.company);
  if (known) return known;
  const values = {
    ...placePerson("Billing", person),
    Name: clip(person.company, 255),
    Website: person.website,
    Industry: person.industry,
    NumberOfEmployees: person.employees,
    AnnualRevenue: person.annualRevenue,
    Phone: person.phone,
    Type: seeder.random.pick(["Prospect", "Customer - Direct", "Other"]),
    OwnerId: pickOwner(seeder),
  };
  const { Id } = putRow(seeder.state, "Account", values, at);
  seeder.accounts.set(person.company, Id);
  return Id;
}

function seedContact(seeder: Seeder, person: Person, at: number, hasEmail: boolean): Row {
  const values = {
    ...describePerson(person, hasEmail),
    ...placePerson("Mailing", person),
    AccountId: findAccount(seeder, person, at),
    OwnerId: pickOwner(seeder),
  };
  return putRow(seeder.state, "Contact", values, at);
}

/** A converted lead of the past: the lead as it was, and the contact that came out of it. */
function seedConverted(seeder: Seeder, person: Person, at: number, hasEmail: boolean): void {
  const { state } = seeder;
  const lead = seedLead(seeder, person, at, hasEmail);
  const contact = seedContact(seeder, person, at + DAY, hasEmail);
  const stamp = formatStamp(at + DAY);
  state.table("Lead").put({
    ...lead,
    IsConverted: true,
    Status: "Closed - Converted",
    ConvertedDate: stamp.slice(0, 10),
    ConvertedAccountId: contact.AccountId ?? null,
    ConvertedContactId: contact.Id,
    LastModifiedDate: stamp,
    SystemModstamp: stamp,
  });
}

function seedPerson(seeder: Seeder, person: Person, at: number): void {
  const { random } = seeder;
  const kind = random.next();
  const hasEmail = !random.chance(0.03);
  if (kind < 0.04) seedConverted(seeder, person, at, hasEmail);
  else if (kind < 0.55) seedLead(seeder, person, at, hasEmail);
  else seedContact(seeder, person, at, hasEmail);
  // One in a hundred is in the organisation twice: as a lead too, with the same address.
  if (kind > 0.97 && hasEmail) seedLead(seeder, person, at, true);
}

function seedCampaigns(seeder: Seeder, at: number): void {
  for (const [name, type] of [
    ["Spring webinar", "Webinar"],
    ["展示会 2026", "Trade Show"],
    ["Newsletter", "Email"],
  ]) {
    putRow(
      seeder.state,
      "Campaign",
      { Name: name ?? "", Type: type ?? "", Status: "In Progress", IsActive: true, OwnerId: pickOwner(seeder) },
      at,
    );
  }
}

/**
 * Fills an empty organisation: staff, a queue, campaigns, and the people of this seed whom Salesforce holds.
 * The same seed and count always give the same records; dates are spread over the two years before the clock's today.
 */
export function seedOrg(state: OrgState, seed: number, count: number): void {
  // Midnight, so that two starts on one day have equal dates.
  const today = Math.floor(state.clock.now() / DAY) * DAY;
  const start = today - SPREAD_MS;
  const users = seedUsers(state, start);
  seedOrganization(state, start);
  const queue = putRow(state, "Group", { Name: "Lead queue", DeveloperName: "Lead_queue", Type: "Queue" }, start);
  const seeder: Seeder = {
    state,
    random: createRandom(mixSeed(seed, -1)),
    users,
    queueId: queue.Id,
    accounts: new Map(),
  };
  seedSetup(state, queue.Id, users, start);
  seedCampaigns(seeder, start);
  for (const { i, person } of listPeople("salesforce", seed, count)) {
    seedPerson(seeder, person, start + Math.floor((SPREAD_MS - 2 * DAY) * (i / Math.max(1, count))));
  }
  seedActivity(state, seed, (object, values, at) => putRow(state, object, values, at), today);
}
