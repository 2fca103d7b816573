import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ObjectSchema, SalesforceReading, Values } from "@/lib/decide/record-types";
import { startSalesforceSandbox } from "../../sandbox/salesforce/server";
import type { SalesforceCrm, SalesforceWrite, WriteOutcome } from "./face";
import { createSalesforceCrm } from "./salesforce/crm";
import { type Bench, openBench } from "./testing/open-bench";

const TOKEN = "00D000000000001AAA!sandbox";
const ANY = { createdFrom: null, createdTo: null, modifiedFrom: null };
const FIELDS = ["LastName", "Company", "Email", "Title", "DoNotCall", "AnnualRevenue", "CreatedDate", "Description"];

let bench: Bench;
let crm: SalesforceCrm;
let watched: string[];
beforeAll(async () => {
  bench = await openBench(await startSalesforceSandbox({ contacts: 0 }), TOKEN);
});
afterAll(() => bench.sandbox.stop());
beforeEach(async () => {
  await fetch(`${bench.sandbox.url}/__sandbox/reset`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ contacts: 0 }),
  });
  watched = [];
  const note = (what: string) => async (id: string) => void watched.push(`${what} ${id.slice(0, 3)}`);
  crm = createSalesforceCrm({
    ...bench,
    bulkWatch: { started: note("started"), seen: async () => {}, ended: note("ended") },
  });
  await crm.createIdFields(["Lead", "Contact"]);
  await bench.forgetCalls();
});

function makeWrite(n: number, values: SalesforceWrite["values"] = {}): SalesforceWrite {
  return {
    key: `k${n}`,
    operation: "create",
    type: "Lead",
    id: null,
    hubspotId: String(10_000 + n),
    values: { LastName: `Last${n}`, Company: 'A "quoted", company', Email: `P${n}@Example.com`, ...values },
    readBack: ["OwnerId"],
  };
}

function makeWrites(count: number, change: (n: number) => SalesforceWrite["values"] = () => ({})): SalesforceWrite[] {
  return Array.from({ length: count }, (_, n) => makeWrite(n, change(n)));
}

async function countLeads(): Promise<number> {
  const page = await crm.readImport({ type: "Lead", filter: ANY, fields: ["LastName"], schema: {} }, null);
  return page.total ?? 0;
}

async function countCalls(): Promise<{ all: number; bulk: number }> {
  const calls = await bench.listCalls();
  return { all: calls.length, bulk: calls.filter((call) => call.path.includes("/jobs/")).length };
}

describe("Q2: more than 2,000 writes of one kind go by Bulk API 2.0", () => {
  test("creates are upserts by our id: repeated ones find the first; what was stored is read back", async () => {
    const outcomes = await crm.write(makeWrites(2_300), true);
    expect(outcomes).toHaveLength(2_300);
    expect(outcomes.every((o) => o.ok && o.created)).toBe(true);
    expect(outcomes[7]).toMatchObject({
      stored: { LastName: "Last7", Email: "p7@example.com", Company: 'A "quoted", company' },
    });
    expect(outcomes[7]?.ok && outcomes[7].stored.OwnerId).toMatch(/^005/);
    expect(watched).toEqual(["started 750", "ended 750"]);
    expect((await countCalls()).all).toBeLessThanOrEqual(14);
    const again = await crm.write(makeWrites(2_300), true);
    expect(again.every((o) => o.ok && !o.created)).toBe(true);
    expect(await countLeads()).toBe(2_300);
  });

  test("E1: refused rows come back one by one with code, words and fields; all others are written", async () => {
    const writes = makeWrites(2_100, (n): Values => (n % 700 === 5 ? { Email: "badone" } : {}));
    const outcomes = await crm.write(writes, true);
    const refused = outcomes.filter((o) => !o.ok);
    expect(refused.map((o) => o.key).toSorted()).toEqual(["k1405", "k5", "k705"]);
    expect(refused[0]).toMatchObject({
      failure: {
        code: "INVALID_EMAIL_ADDRESS",
        message: "Email: invalid email address: badone",
        fields: ["Email"],
        uncertain: false,
      },
    });
    expect(await countLeads()).toBe(2_097);
  });

  test("updates empty fields, and leave alone what a row does not name", async () => {
    const created = await crm.write(
      makeWrites(2_050, () => ({ Title: "CFO", DoNotCall: true })),
      true,
    );
    const ids = new Map(created.map((o) => [o.key, o.ok ? o.id : ""]));
    const updates = makeWrites(2_050).map(
      ({ key, type }, n): SalesforceWrite => ({
        key,
        type,
        operation: "update",
        id: ids.get(key) ?? "",
        hubspotId: null,
        values: n % 2 === 0 ? { Title: null } : { Description: "line 1\nline 2, and more" },
      }),
    );
    const outcomes = await crm.write(updates, true);
    expect(outcomes.every((o) => o.ok)).toBe(true);
    const [even, odd] = await crm
      .readByIds([ids.get("k0") ?? "", ids.get("k1") ?? ""], { Lead: FIELDS })
      .then(sortById);
    expect(even?.values).toMatchObject({ Title: null, DoNotCall: true, Description: null });
    expect(odd?.values).toMatchObject({ Title: "CFO", Description: "line 1\nline 2, and more" });
  });

  test("a text that bulk would take for its sign of emptiness, or one that is too long for it, goes the other way", async () => {
    const odd: Record<number, SalesforceWrite["values"]> = {
      3: { Title: "#N/A" },
      4: { Description: "x".repeat(32_001) },
    };
    const outcomes = await crm.write(
      makeWrites(2_200, (n) => odd[n] ?? {}),
      true,
    );
    expect(find(outcomes, "k3")).toMatchObject({ ok: true, stored: { Title: "#N/A" } });
    expect(find(outcomes, "k4")).toMatchObject({ ok: false, failure: { code: "STRING_TOO_LONG" } });
    expect(await countLeads()).toBe(2_199);
  });

  test("O1: new leads without an owner get theirs from the active assignment rule", async () => {
    const { id: queue } = await bench.act<{ id: string }>("addQueue", { name: "Web leads" });
    await bench.act("addAssignmentRule", { object: "Lead", ownerId: queue });
    const outcomes = await crm.write(makeWrites(2_010), true);
    expect(outcomes.every((o) => o.ok && o.stored.OwnerId === queue)).toBe(true);
  });

  test("an org without bulk API, or one that fails the job, gets collections", async () => {
    await bench.setFaults([
      {
        match: { method: "POST", path: "/jobs/ingest" },
        do: { status: 400, body: '[{"errorCode":"FEATURENOTENABLED","message":"no"}]' },
      },
    ]);
    expect((await crm.write(makeWrites(2_020), true)).every((o) => o.ok && o.created)).toBe(true);
    await bench.setFaults([]);
    expect(await countLeads()).toBe(2_020);
    const unknown = await crm.write(
      makeWrites(2_020, (n): Values => (n === 0 ? { Nope__c: "x" } : {})),
      true,
    );
    expect(unknown.filter((o) => !o.ok).map((o) => o.key)).toEqual(["k0"]);
  });

  test("a job whose beginning got no answer is uncertain for all its rows", async () => {
    await bench.setFaults([{ match: { method: "PATCH", path: "/jobs/ingest" }, do: { drop: "after" } }]);
    const outcomes = await crm.write(makeWrites(2_001), true);
    await bench.setFaults([]);
    expect(outcomes.every((o) => !o.ok && o.failure.uncertain)).toBe(true);
  });
});

describe("Q2: more than 2,000 records are read by a bulk query", () => {
  test("its rows are those of a plain query, values and types alike, page after page", async () => {
    await crm.write(
      makeWrites(4_300, (n) => ({
        DoNotCall: n % 2 === 0,
        AnnualRevenue: n,
        Description: n === 9 ? 'a\n"b",c' : null,
      })),
      true,
    );
    await bench.forgetCalls();
    const schema: ObjectSchema = await crm.describe("Lead");
    const { readings, total, pages } = await readAll({ type: "Lead", filter: ANY, fields: FIELDS, schema });
    expect(total).toBe(4_300);
    expect(new Set(readings.map((r) => r.id)).size).toBe(4_300);
    expect(pages).toBeLessThanOrEqual(4);
    expect((await countCalls()).all).toBeLessThanOrEqual(10);
    const sample = readings.slice(0, 300).map((r) => r.id);
    const plain = await crm.readByIds(sample, { Lead: FIELDS });
    expect(sortById(readings.slice(0, 300))).toEqual(sortById(plain));
    expect(readings.find((r) => r.values.LastName === "Last9")?.values.Description).toBe('a\n"b",c');
  });

  test("a place outlives the process; where the results are gone, plain queries begin anew", async () => {
    await crm.write(makeWrites(2_100), true);
    const wanted = { type: "Lead" as const, filter: ANY, fields: ["LastName"], schema: {} };
    const start = await crm.readImport(wanted, null);
    expect(start).toMatchObject({ readings: [], total: 2_100 });
    const other = createSalesforceCrm(bench);
    const page = await other.readImport(wanted, start.next);
    const rest = await createSalesforceCrm(bench).readImport(wanted, page.next);
    expect(new Set([...page.readings, ...rest.readings].map((r) => r.id)).size).toBe(2_100);
    expect(rest.next).toBeNull();
    const gone = await other.readImport(wanted, "bulk/750000000000999AAA/MjAw");
    expect(gone).toEqual({ readings: [], next: "after/", total: null });
    const first = await other.readImport(wanted, gone.next);
    const second = await other.readImport(wanted, first.next);
    expect(new Set([...first.readings, ...second.readings].map((r) => r.id)).size).toBe(2_100);
    expect(second.next).toBeNull();
  });

  async function readAll(wanted: Parameters<SalesforceCrm["readImport"]>[0]) {
    const readings: SalesforceReading[] = [];
    let pages = 0;
    let total: number | null = null;
    let place: string | null = null;
    do {
      const page = await crm.readImport(wanted, place);
      readings.push(...page.readings);
      total ??= page.total;
      place = page.next;
      pages += 1;
    } while (place !== null);
    return { readings, total, pages };
  }
});

function find(outcomes: WriteOutcome[], key: string): WriteOutcome | undefined {
  return outcomes.find((o) => o.key === key);
}

function sortById(readings: SalesforceReading[]): SalesforceReading[] {
  return readings.toSorted((a, b) => a.id.localeCompare(b.id));
}
