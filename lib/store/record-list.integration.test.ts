import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase } from "@/scripts/testing/database";
import { clearBriefCache } from "./brief-cache";
import { closeDatabase, connectDatabase, getDatabase } from "./client";
import { findConnection } from "./connections";
import type { RecordFilter } from "./record-filter";
import { countReasons, listRecords, type RecordSort } from "./record-list";

/** More than a search looks up at once, so that both ways of searching are met. */
const ROWS = 2_600;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connectionId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.url);
  connectionId = (await findConnection()).id;
  // Names repeat, and so do times and "never", so that pages have to be cut within equals.
  await getDatabase().$executeRaw`
    INSERT INTO sync_record (connection_id, id, object, hubspot_id, state, exclusion_reason, error_type, email, display_name, search_text, last_synced_at, synced_version)
    SELECT ${connectionId}::uuid, gen_random_uuid(), 'contact', n::text, s.state, CASE WHEN s.state = 'excluded' THEN (ARRAY['no_email', 'filtered_out'])[1 + n % 2] END,
      CASE WHEN s.state = 'failing' THEN (ARRAY['value_too_long', 'row_locked', 'invalid_email'])[1 + n % 3] END, n || '@people.example',
      'Person ' || n % 40 || ' 田中', 'person ' || n % 40 || ' 田中 ' || n || '@people.example' || CASE WHEN n % 200 = 0 THEN ' rare' ELSE '' END,
      CASE WHEN n % 5 > 0 THEN timestamptz '2026-11-01' + (n % 300) * interval '1 minute' END, 1
    FROM (SELECT n, CASE WHEN n % 20 = 0 THEN 'failing' WHEN n % 20 < 5 THEN 'excluded' WHEN n % 20 = 5 THEN 'due' ELSE 'in_sync' END AS state
      FROM generate_series(1, ${ROWS}) AS n) AS s`;
  await getDatabase().$executeRaw`INSERT INTO sync_record (connection_id, id, object, state, display_name, search_text)
    VALUES (${connectionId}::uuid, gen_random_uuid(), 'company', 'in_sync', 'Person 1 Ltd', 'person 1 ltd')`;
  await getDatabase().$executeRaw`INSERT INTO inclusion_member (connection_id, object, hubspot_id, load_no, left_at)
    SELECT ${connectionId}::uuid, 'contact', n::text, 1, CASE WHEN n % 3 = 0 THEN NULL ELSE now() END
    FROM generate_series(1, ${ROWS}) AS n WHERE n % 2 = 0 OR n % 3 = 0`;
  clearBriefCache();
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

function filter(some: Partial<RecordFilter> = {}): RecordFilter {
  return {
    object: "contact",
    search: "",
    state: undefined,
    error: undefined,
    reason: undefined,
    members: undefined,
    ...some,
  };
}

/** The ids of all pages, one after the other. */
async function walk(wanted: RecordFilter, sort: RecordSort, limit = 170): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRecords(connectionId, wanted, { cursor, limit, sort });
    ids.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

/** The same records in the same order, by sorting all of them. */
async function sortAll(wanted: RecordFilter, sort: RecordSort): Promise<string[]> {
  const words = wanted.search.split(" ").filter((word) => word !== "");
  const rows = await getDatabase().syncRecord.findMany({
    where: {
      connectionId,
      object: wanted.object,
      ...(wanted.state ? { state: wanted.state } : {}),
      ...(wanted.error ? { errorType: wanted.error } : {}),
      ...(wanted.reason ? { exclusionReason: wanted.reason } : {}),
      ...membersOf(wanted),
      AND: words.map((word) => ({ searchText: { contains: word } })),
    },
    orderBy: sort.endsWith("name")
      ? [{ displayName: sort === "name" ? "asc" : "desc" }, { id: sort === "name" ? "asc" : "desc" }]
      : [
          { lastSyncedAt: sort === "synced" ? { sort: "asc", nulls: "first" } : { sort: "desc", nulls: "last" } },
          { id: sort === "synced" ? "asc" : "desc" },
        ],
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Every third record, in HubSpot ids of the rows above */
const MEMBERS = Array.from({ length: Math.floor(ROWS / 3) }, (_, index) => String(index * 3 + 3));

function membersOf({ members }: RecordFilter): { hubspotId?: { in: string[] } } {
  return members === undefined ? {} : { hubspotId: { in: MEMBERS } };
}

const FILTERS: [string, Partial<RecordFilter>][] = [
  ["nothing filtered", {}],
  ["one state", { state: "excluded" }],
  ["one error", { state: "failing", error: "row_locked" }],
  ["one reason", { state: "excluded", reason: "no_email" }],
  ["a search of many", { search: "people" }],
  ["a search of many in one state", { search: "people", state: "in_sync" }],
  ["a search of two Japanese letters", { search: "田中" }],
  ["a search of few", { search: "rare" }],
  ["members of a list", { members: MEMBERS }],
  ["members of a list in one state", { members: MEMBERS, state: "excluded" }],
  ["a search among members", { members: MEMBERS, search: "people rare" }],
  ["members of a long inclusion list", { members: "inclusion_list" }],
  [
    "members of a long inclusion list with an error",
    { members: "inclusion_list", state: "failing", error: "value_too_long" },
  ],
  ["a search of many among a long inclusion list", { members: "inclusion_list", search: "people" }],
  ["a search of few with an error", { search: "person rare", state: "failing", error: "value_too_long" }],
];

describe.each(["name", "-name", "synced", "-synced"] as const)("a list in the order %s", (sort) => {
  test.each(FILTERS)("%s: its pages hold every record once, in order, whatever is equal", async (_, some) => {
    const wanted = filter(some);
    const ids = await walk(wanted, sort);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids).toEqual(await sortAll(wanted, sort));
  });
});

test("a cursor of another order, and one that is none, begin at the beginning", async () => {
  const first = await listRecords(connectionId, filter(), { cursor: undefined, limit: 10, sort: "name" });
  const other = await listRecords(connectionId, filter(), {
    cursor: first.nextCursor ?? undefined,
    limit: 10,
    sort: "-synced",
  });
  expect(other.rows.map((row) => row.id)).toEqual((await sortAll(filter(), "-synced")).slice(0, 10));
  const wrong = await listRecords(connectionId, filter(), { cursor: "rubbish", limit: 10, sort: "name" });
  expect(wrong.rows).toEqual(first.rows);
});

describe("how many match", () => {
  const count = async (some: Partial<RecordFilter>) =>
    (await listRecords(connectionId, filter(some), { cursor: undefined, limit: 1, sort: "name" })).matching;

  test("is told exactly, of a search up to 2,000", async () => {
    expect(await count({})).toBe(ROWS);
    expect(await count({ state: "failing" })).toBe(ROWS / 20);
    expect(await count({ search: "rare" })).toBe(ROWS / 200);
    expect(await count({ search: "people" })).toBe(2_001);
    expect(await count({ search: "nobody" })).toBe(0);
  });

  test("with one error or reason is the number that stands on its chip", async () => {
    const { errors, reasons } = await countReasons(connectionId, "contact", undefined);
    expect(Object.values(errors).reduce((sum, n) => sum + n, 0)).toBe(ROWS / 20);
    for (const [error, number] of Object.entries(errors)) {
      expect(await count({ state: "failing", error })).toBe(number);
      expect(await walk(filter({ state: "failing", error }), "name")).toHaveLength(number);
    }
    for (const [reason, number] of Object.entries(reasons)) expect(await count({ reason })).toBe(number);
    expect(await count({ error: "unheard_of" })).toBe(0);
  });

  test.each([
    ["a list", MEMBERS],
    ["a long inclusion list", "inclusion_list"],
  ] as const)("of %s: its members only, in the numbers of the chips too", async (_, members) => {
    const page = await listRecords(connectionId, filter({ members }), { cursor: undefined, limit: 1, sort: "name" });
    expect(page.matching).toBe(MEMBERS.length);
    for (const state of ["in_sync", "due", "failing", "excluded"] as const) {
      expect(page.counts[state]).toBe((await sortAll(filter({ members, state }), "name")).length);
      expect(await count({ members, state })).toBe(page.counts[state]);
    }
    const { errors, reasons } = await countReasons(connectionId, "contact", members);
    expect(Object.values(errors).reduce((sum, n) => sum + n, 0)).toBe(page.counts.failing);
    expect(Object.values(reasons).reduce((sum, n) => sum + n, 0)).toBe(page.counts.excluded);
    expect(await count({ members, state: "failing", error: "value_too_long" })).toBe(errors.value_too_long);
  });
});
