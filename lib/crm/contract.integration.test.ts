import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Values } from "@/lib/decide/record-types";
import { startHubSpotSandbox } from "../../sandbox/hubspot/server";
import { startSalesforceSandbox } from "../../sandbox/salesforce/server";
import type { IdFields, WriteOutcome } from "./face";
import { createHubSpotCrm } from "./hubspot/crm";
import { createSalesforceCrm } from "./salesforce/crm";
import { type Bench, failureOf, openBench } from "./testing/open-bench";

/** What the suite needs of either CRM, in the suite's own words: a person has a last name, an email, a phone. */
type Subject = {
  bench: Bench;
  secret: string;
  create(people: Person[]): Promise<WriteOutcome[]>;
  update(people: (Person & { id: string })[]): Promise<WriteOutcome[]>;
  read(ids: string[]): Promise<{ id: string; values: Values; modifiedAt: number }[]>;
  findByEmail(emails: string[]): Promise<{ id: string }[]>;
  /** All pages from `since` (epoch ms), and how many calls they took */
  walk(since: number): Promise<{ ids: string[]; pages: number }>;
  describe(): Promise<Record<string, { kind: string; readOnly: boolean }>>;
  findIdFields(): Promise<IdFields>;
  createIdFields(): Promise<void>;
  names: { lastName: string; email: string; phone: string; created: string };
};
type Person = { key: string; otherId?: string; lastName?: string; email?: string | null; phone?: string | null };

async function openHubSpot(): Promise<Subject> {
  const bench = await openBench(await startHubSpotSandbox({ contacts: 0 }), "pat-na1-sandbox");
  const account = createHubSpotCrm(bench);
  const crm = account.of("contact");
  const names = { lastName: "lastname", email: "email", phone: "phone", created: "createdate" };
  const wanted = Object.values(names);
  return {
    bench,
    secret: "pat-na1-sandbox",
    names,
    create: (people) =>
      crm.write(
        people.map((p) => ({
          key: p.key,
          operation: "create",
          id: null,
          salesforceId: p.otherId ?? `00Q${p.key}`,
          values: toValues(p, names),
        })),
        true,
      ),
    update: (people) =>
      crm.write(
        people.map((p) => ({
          key: p.key,
          operation: "update",
          id: p.id,
          salesforceId: null,
          values: toValues(p, names),
        })),
        true,
      ),
    read: (ids) => crm.readByIds(ids, wanted),
    findByEmail: (emails) => account.readByEmails(emails, wanted),
    walk: async (since) => {
      const ids: string[] = [];
      let cursor = { stamp: since, lastId: "" };
      for (let pages = 1; ; pages += 1) {
        const page = await crm.readChanges(cursor, wanted);
        ids.push(...page.readings.map((reading) => reading.id));
        if (page.isLast) return { ids, pages };
        cursor = page.next;
      }
    },
    describe: () => crm.describe(),
    findIdFields: () => crm.findIdFields(),
    createIdFields: () => crm.createIdFields(),
  };
}

const PEOPLE = ["Lead", "Contact"] as const;

async function openSalesforce(): Promise<Subject> {
  const secret = "00D000000000001AAA!sandbox";
  const bench = await openBench(await startSalesforceSandbox({ contacts: 0 }), secret);
  const crm = createSalesforceCrm(bench);
  const names = { lastName: "LastName", email: "Email", phone: "Phone", created: "CreatedDate" };
  const wanted = { Lead: Object.values(names), Contact: Object.values(names) };
  return {
    bench,
    secret,
    names,
    create: (people) =>
      crm.write(
        people.map((p) => ({
          key: p.key,
          operation: "create",
          type: "Contact",
          id: null,
          hubspotId: p.otherId ?? p.key,
          values: toValues(p, names),
        })),
        true,
      ),
    update: (people) =>
      crm.write(
        people.map((p) => ({
          key: p.key,
          operation: "update",
          type: "Contact",
          id: p.id,
          hubspotId: null,
          values: toValues(p, names),
        })),
        true,
      ),
    read: (ids) => crm.readByIds(ids, wanted),
    findByEmail: (emails) => crm.readMatches({ emails, hubspotIds: [] }, wanted, true),
    walk: async (since) => {
      const ids: string[] = [];
      let cursor = { stamp: since, lastId: "" };
      for (let pages = 1; ; pages += 1) {
        const { Contact: page } = await crm.readChanges({ Lead: null, Contact: cursor }, wanted, ["Contact"]);
        if (!page) throw new Error("a page of contacts was asked for");
        ids.push(...page.readings.map((reading) => reading.id));
        if (page.isLast) return { ids, pages };
        cursor = page.next;
      }
    },
    describe: () => crm.describe("Contact"),
    findIdFields: () => crm.findIdFields(PEOPLE),
    createIdFields: () => crm.createIdFields(PEOPLE),
  };
}

function toValues(person: Person, names: Subject["names"]): Values {
  const values: Values = {};
  if (person.lastName !== undefined) values[names.lastName] = person.lastName;
  if (person.email !== undefined) values[names.email] = person.email;
  if (person.phone !== undefined) values[names.phone] = person.phone;
  return values;
}

function makePeople(count: number, prefix: string): Person[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `${prefix}${i}`,
    lastName: `${prefix} ${i}`,
    email: `${prefix}${i}@example.com`,
  }));
}

function good(outcome: WriteOutcome | undefined): Extract<WriteOutcome, { ok: true }> {
  if (!outcome?.ok) throw new Error(`expected success: ${JSON.stringify(outcome)}`);
  return outcome;
}

function bad(outcome: WriteOutcome | undefined): Extract<WriteOutcome, { ok: false }> {
  if (!outcome || outcome.ok) throw new Error(`expected failure: ${JSON.stringify(outcome)}`);
  return outcome;
}

describe.each([
  { name: "HubSpot", open: openHubSpot },
  { name: "Salesforce", open: openSalesforce },
])("$name behind the common face", ({ open }) => {
  let crm: Subject;
  beforeAll(async () => {
    crm = await open();
  });
  afterAll(() => crm.bench.sandbox.stop());
  beforeEach(async () => {
    await crm.bench.setFaults([]);
    await crm.bench.forgetCalls();
  });

  test("the id fields are missing at first, then created, and creating them again is fine", async () => {
    expect((await crm.findIdFields()).present).toBe(false);
    await crm.createIdFields();
    await crm.createIdFields();
    expect(await crm.findIdFields()).toEqual({ present: true, missing: [] });
  });

  test("what is created can be read by id, and ids that are gone are absent", async () => {
    const [outcome] = await crm.create([{ key: "a1", lastName: "Sato", email: "sato@example.com", phone: "03-1" }]);
    const { id, created, stored, modifiedAt } = good(outcome);
    expect(created).toBe(true);
    expect(stored[crm.names.lastName]).toBe("Sato");
    expect(Math.abs((modifiedAt ?? 0) - Date.now())).toBeLessThan(5000);
    const readings = await crm.read([id, `${id.slice(0, -4)}9999`]);
    expect(readings.map((reading) => reading.id)).toEqual([id]);
    expect(readings[0]?.values).toMatchObject({ [crm.names.email]: "sato@example.com", [crm.names.phone]: "03-1" });
    expect(Math.abs((readings[0]?.modifiedAt ?? 0) - Date.now())).toBeLessThan(5000);
  });

  test("what is stored is told as the vendor normalised it", async () => {
    const [outcome] = await crm.create([{ key: "n1", lastName: "Mori", email: "Mori@Example.COM" }]);
    const { id, stored } = good(outcome);
    const [reading] = await crm.read([id]);
    expect(stored[crm.names.email]).toBe(reading?.values[crm.names.email]);
  });

  test("a create that is repeated finds the first record", async () => {
    const person = { key: "r1", lastName: "Ito", email: "ito@example.com" };
    const first = good((await crm.create([person]))[0]);
    const second = good((await crm.create([{ ...person, lastName: "Itoh" }]))[0]);
    expect(second).toMatchObject({ id: first.id, created: false, stored: { [crm.names.lastName]: "Itoh" } });
  });

  test("an update changes the sent values only, and null clears", async () => {
    const { id } = good(
      (await crm.create([{ key: "u1", lastName: "Abe", email: "abe@example.com", phone: "03-2" }]))[0],
    );
    const outcome = good((await crm.update([{ key: "u1", id, phone: null }]))[0]);
    expect(outcome).toMatchObject({ id, created: false });
    const [reading] = await crm.read([id]);
    expect(reading?.values).toMatchObject({ [crm.names.lastName]: "Abe", [crm.names.phone]: null });
  });

  test("one bad record fails alone, with the vendor's code, words and field", async () => {
    const outcomes = await crm.create([
      { key: "b1", lastName: "Kato", email: "kato@example.com" },
      { key: "b2", lastName: "Bad", email: "not an address" },
      { key: "b3", lastName: "Ono", email: "ono@example.com" },
    ]);
    const byKey = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
    good(byKey.get("b1"));
    good(byKey.get("b3"));
    const { failure } = bad(byKey.get("b2"));
    expect(failure.code).toMatch(/^INVALID_EMAIL/);
    expect(failure.fields).toEqual([crm.names.email]);
    expect(failure).toMatchObject({ status: 200, uncertain: false });
    expect(failure.message.length).toBeGreaterThan(5);
  });

  test("records are found by email whatever the case, special characters included", async () => {
    const { id } = good((await crm.create([{ key: "e1", lastName: "O'Neil", email: "o'neil+x@example.com" }]))[0]);
    const found = await crm.findByEmail([" O'Neil+X@example.com ", "nobody@example.com"]);
    expect(found.map((reading) => reading.id)).toEqual([id]);
  });

  test("changes are walked without loss or end, also when one stamp runs over several pages", async () => {
    const since = Date.now() - 1000;
    const people = makePeople(450, "walk");
    const created = await crm.create(people);
    expect(created.every((outcome) => outcome.ok)).toBe(true);
    const { ids } = await crm.walk(since);
    for (const outcome of created) expect(ids).toContain(good(outcome).id);
  });

  test("every call is acquired before it is sent and noted after, failed ones too", async () => {
    const { gate } = crm.bench;
    const before = { acquired: gate.acquired.length, noted: gate.noted.length };
    await crm.describe();
    await crm.bench.setFaults([{ match: {}, do: { drop: "before" } }]);
    await failureOf(crm.describe());
    const calls = (await crm.bench.listCalls()).length;
    expect(calls).toBe(2);
    expect(gate.acquired.length - before.acquired).toBe(calls);
    expect(gate.noted.length - before.noted).toBe(calls);
  });

  test.each([
    { what: "an HTML page", effect: { html: true }, status: 502 },
    { what: "an HTML page with status 200", effect: { html: true, status: 200 }, status: 200 },
    { what: "half a body", effect: { halfBody: true }, status: 0 },
    { what: "no answer, not carried out", effect: { drop: "before" as const }, status: 0 },
    { what: "no answer, but carried out", effect: { drop: "after" as const }, status: 0 },
    { what: "a bare 503", effect: { status: 503 }, status: 503 },
  ])("$what: a read fails, a write is uncertain, and nothing is tried twice", async ({ effect, status }) => {
    await crm.bench.setFaults([{ match: {}, do: effect }]);
    const failure = await failureOf(crm.read(["003000000000001AAA"]));
    expect(failure).toMatchObject({ status, uncertain: false });
    expect(failure.message).not.toBe("");
    expect(failure.message).not.toContain("<");
    expect((await crm.bench.listCalls()).length).toBe(1);
    await crm.bench.forgetCalls();
    const [outcome] = await crm.create([{ key: `f${status}`, lastName: "Fault", email: "fault@example.com" }]);
    expect(bad(outcome).failure).toMatchObject({ status, uncertain: true });
    expect((await crm.bench.listCalls()).length).toBe(1);
    expect(JSON.stringify([failure, outcome])).not.toContain(crm.secret);
  });

  test("a create whose answer was lost makes no second record when it is repeated", async () => {
    const person = { key: "lost1", lastName: "Lost", email: "lost@example.com" };
    await crm.bench.setFaults([{ match: { nth: 1 }, do: { drop: "after" } }]);
    bad((await crm.create([person]))[0]);
    expect(good((await crm.create([person]))[0]).created).toBe(false);
    expect(await crm.findByEmail(["lost@example.com"])).toHaveLength(1);
  });

  test("a refused connection is certain: nothing was written", async () => {
    const { tokens } = crm.bench;
    const { current } = tokens;
    const closed = await startHubSpotSandbox({ contacts: 0 });
    await closed.stop();
    tokens.current = async () => ({ accessToken: crm.secret, baseUrl: closed.url });
    const [outcome] = await crm.create([{ key: "c1", lastName: "Refused" }]);
    tokens.current = current;
    expect(bad(outcome).failure).toMatchObject({ status: 0, uncertain: false });
  });

  test("an expired token is renewed once and the call repeated once", async () => {
    crm.bench.tokens.useExpired();
    const before = crm.bench.tokens.renewals;
    await crm.describe();
    expect(crm.bench.tokens.renewals - before).toBe(1);
    expect((await crm.bench.listCalls()).map((call) => call.status)).toEqual([401, 200]);
  });

  test("a token that stays refused fails as sign-in, after two calls", async () => {
    await crm.bench.setFaults([
      { match: {}, do: { status: 401, body: [{ message: "no", errorCode: "INVALID_SESSION_ID" }] } },
    ]);
    const outcome = bad((await crm.create([{ key: "x1", lastName: "Refused" }]))[0]);
    expect(outcome.failure).toMatchObject({ status: 401, uncertain: false });
    expect((await crm.bench.listCalls()).length).toBe(2);
  });

  test("a failed call of many fails its own records only", async () => {
    await crm.bench.setFaults([{ match: { nth: 2 }, do: { status: 503 } }]);
    const outcomes = await crm.create(makePeople(1000, "part"));
    expect(outcomes).toHaveLength(1000);
    const failed = outcomes.filter((outcome) => !outcome.ok);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(1000);
    expect(new Set(outcomes.map((outcome) => outcome.key)).size).toBe(1000);
  });

  test("the fields are described with what may be written", async () => {
    const fields = await crm.describe();
    expect(fields[crm.names.email]).toMatchObject({ kind: "email", readOnly: false });
    expect(fields[crm.names.phone]).toMatchObject({
      // HubSpot's own phone property is plain text.
      kind: expect.stringMatching(/^(phone|text)$/),
      readOnly: false,
    });
    expect(fields[crm.names.lastName]).toMatchObject({ kind: "text", readOnly: false });
    expect(fields[crm.names.created]).toMatchObject({ kind: "datetime", readOnly: true });
  });
});
