import {
  EN_FIRST,
  EN_LAST,
  EN_PLACES,
  EN_STEMS,
  EN_TITLES,
  EN_TRADES,
  JA_FIRST,
  JA_LAST,
  JA_PLACES,
  JA_STEMS,
  JA_TITLES,
  JA_TRADES,
} from "./name-data";
import { createRandom, mixSeed, type Random } from "./random";
import { flatten, TextPool } from "./text-pool";

/** A sample person. `annualRevenue` is a whole amount, `employees` a head count; texts are never empty. */
export type Person = {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  mobile: string;
  company: string;
  domain: string;
  title: string;
  street: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  language: "en" | "ja";
  leadSource: string;
  industry: string;
  employees: number;
  annualRevenue: number;
  website: string;
  salutation: string;
};
export type HoldingSystem = "hubspot" | "salesforce";
export type StaffMember = { firstName: string; lastName: string; email: string; active: boolean };

/** The vendor's people who own records. The sixth has left; the first five also are HubSpot owners. */
export const STAFF: readonly StaffMember[] = [
  { firstName: "Ada", lastName: "Admin", email: "admin@sandbox.example", active: true },
  { firstName: "Haruka", lastName: "Mori", email: "haruka.mori@sandbox.example", active: true },
  { firstName: "Ben", lastName: "Carter", email: "ben.carter@sandbox.example", active: true },
  { firstName: "健司", lastName: "大野", email: "kenji.ono@sandbox.example", active: true },
  { firstName: "Inès", lastName: "Laurent", email: "ines.laurent@sandbox.example", active: true },
  { firstName: "Paul", lastName: "Leaver", email: "paul.leaver@sandbox.example", active: false },
];

const LEAD_SOURCES = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"] as const;
const SALUTATIONS = ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof."] as const;

type Company = { name: string; domain: string; industry: string };

/** Few companies have many people: the cube of a uniform number favours the first of the list. */
function pickSkewed(random: Random, size: number): number {
  return Math.floor(random.next() ** 3 * size);
}

function asciiSlug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/[æÆ]/g, "ae");
  return plain
    .replace(/ı/g, "i")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");
}

function makeJapaneseCompany(random: Random): Company {
  const stem = random.pick(JA_STEMS);
  const at = pickSkewed(random, JA_TRADES.length);
  const [trade, slug, industry] = JA_TRADES[at] ?? ["商事", "shoji", "Retail"];
  const core = `${stem[0]}${trade}`;
  const name = (stem[1].length + at) % 3 === 0 ? `${core}株式会社` : `株式会社${core}`;
  return { name, domain: `${stem[1]}-${slug}.example.jp`, industry };
}

function makeWesternCompany(random: Random): Company {
  const stem = EN_STEMS[pickSkewed(random, EN_STEMS.length)] ?? "Northwind";
  const [trade, slug, industry] = random.pick(EN_TRADES);
  return { name: `${stem} ${trade}`, domain: `${asciiSlug(stem)}-${slug}.example.com`, industry };
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(10)).join("");
}

function makeJapanesePerson(random: Random, i: number): Omit<Person, keyof ReturnType<typeof makeBusinessFacts>> {
  const last = random.pick(JA_LAST);
  const first = random.pick(JA_FIRST);
  const { name, domain } = makeJapaneseCompany(random);
  const [city, state, zip, block] = random.pick(JA_PLACES);
  return {
    firstName: first[0],
    lastName: last[0],
    email: `${first[1]}.${last[1]}.${i}@${domain}`,
    phone: `0${3 + random.int(6)}-${digits(random, 4)}-${digits(random, 4)}`,
    mobile: `090-${digits(random, 4)}-${digits(random, 4)}`,
    company: name,
    domain,
    title: random.pick(JA_TITLES),
    street: `${block}${1 + random.int(9)}-${1 + random.int(20)}-${1 + random.int(30)}`,
    city,
    state,
    zip: `${zip}${digits(random, 2)}`,
    country: "日本",
    language: "ja",
    website: `https://www.${domain}`,
    salutation: random.pick(SALUTATIONS),
  };
}

function makeWesternPerson(random: Random, i: number): Omit<Person, keyof ReturnType<typeof makeBusinessFacts>> {
  const lastName = random.pick(EN_LAST);
  const firstName = random.pick(EN_FIRST);
  const { name, domain } = makeWesternCompany(random);
  const [city, state, zip, country, street] = random.pick(EN_PLACES);
  return {
    firstName,
    lastName,
    email: `${asciiSlug(firstName)}.${asciiSlug(lastName)}${i}@${domain}`,
    phone: `+1 ${200 + random.int(700)} 555 ${digits(random, 4)}`,
    mobile: `+44 7${digits(random, 3)} ${digits(random, 6)}`,
    company: name,
    domain,
    title: random.pick(EN_TITLES),
    street: `${1 + random.int(900)} ${street}`,
    city,
    state,
    zip: `${zip}${digits(random, 2)}`,
    country,
    language: "en",
    website: `https://www.${domain}`,
    salutation: random.pick(SALUTATIONS),
  };
}

function makeBusinessFacts(random: Random) {
  return {
    leadSource: random.pick(LEAD_SOURCES) as string,
    industry: "",
    employees: 5 + pickSkewed(random, 20_000),
    annualRevenue: 10_000 * (1 + pickSkewed(random, 50_000)),
  };
}

/** The industry follows from the company, so that colleagues agree. */
function findIndustry(company: string): string {
  const trade = [...JA_TRADES, ...EN_TRADES].find(([name]) => company.includes(name));
  return trade?.[2] ?? "Other";
}

/** Every so often a value that breaks careless code; which kind follows from `i` alone. */
function makeOdd(person: Person, i: number): Person {
  if (i % 41 === 9)
    return {
      ...person,
      title: `${person.title} / ${"Regional Programme Coordination ".repeat(8)}`.slice(0, 120).trim(),
    };
  if (i % 101 === 20) return { ...person, title: "Senior Director of Absolutely Everything, ".repeat(6).slice(0, 200) };
  if (i % 53 === 14) return { ...person, firstName: `${person.firstName} 🚀` };
  if (i % 67 === 25) return { ...person, company: `<b>${person.company}</b> & Partners` };
  if (i % 37 === 6) return { ...person, email: person.email.replace("@", "+news@") };
  if (i % 73 === 30) return { ...person, lastName: "O'Brien" };
  if (i % 89 === 44) return { ...person, street: `${person.street}\nBuilding "C", 3rd floor` };
  return person;
}

/**
 * Person `i` of the world with this seed: always the same, and no two of one seed share an email.
 * About 45 % are Japanese.
 */
export function makePerson(seed: number, i: number): Person {
  const random = createRandom(mixSeed(seed, i));
  const base = random.chance(0.45) ? makeJapanesePerson(random, i) : makeWesternPerson(random, i);
  const person: Person = { ...base, ...makeBusinessFacts(random), industry: findIndustry(base.company) };
  return makeOdd(person, i);
}

/** Whether this system holds person `i`: HubSpot 0–7 of ten, Salesforce 3–9, so 3–7 are in both. */
export function holdsPerson(system: HoldingSystem, i: number): boolean {
  const last = i % 10;
  return system === "hubspot" ? last <= 7 : last >= 3;
}

/** Person `i` as this system knows them: of those in both, every 7th has another title or phone in Salesforce. */
export function makeHeldPerson(system: HoldingSystem, seed: number, i: number): Person {
  const person = makePerson(seed, i);
  const inBoth = holdsPerson("hubspot", i) && holdsPerson("salesforce", i);
  if (system === "hubspot" || !inBoth || i % 7 !== 0) return person;
  if (i % 2 === 0) return { ...person, title: person.language === "ja" ? "顧問" : "Advisor" };
  return { ...person, phone: person.language === "ja" ? "03-0000-1111" : "+1 212 555 0199" };
}

/** The same person in as little memory as can be: what people have in common is kept once, the rest is flat. */
function packPerson(person: Person, pool: TextPool): Person {
  return {
    ...person,
    firstName: pool.keep(person.firstName),
    lastName: pool.keep(person.lastName),
    company: pool.keep(person.company),
    domain: pool.keep(person.domain),
    title: pool.keep(person.title),
    zip: pool.keep(person.zip),
    website: pool.keep(person.website),
    email: flatten(person.email),
    phone: flatten(person.phone),
    mobile: flatten(person.mobile),
    street: flatten(person.street),
  };
}

/** The people of a world of `count` persons whom this system holds, in order of `i`. */
export function* listPeople(
  system: HoldingSystem,
  seed: number,
  count: number,
): Generator<{ i: number; person: Person }> {
  const pool = new TextPool();
  for (let i = 0; i < count; i++) {
    if (holdsPerson(system, i)) yield { i, person: packPerson(makeHeldPerson(system, seed, i), pool) };
  }
}
