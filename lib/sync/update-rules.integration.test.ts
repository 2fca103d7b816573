import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UpdateRule } from "@/lib/decide/record-types";
import {
  editContact,
  editRecord,
  type Fields,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readHistory,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/** One mapping under each rule, so that one edit of all six shows all six rules at work. */
const MAPPED: { rule: UpdateRule; property: string; field: string }[] = [
  { rule: "prefer_salesforce", property: "phone", field: "Phone" },
  { rule: "always_salesforce", property: "mobilephone", field: "MobilePhone" },
  { rule: "two_way", property: "jobtitle", field: "Title" },
  { rule: "dont_sync", property: "city", field: "MailingCity" },
  { rule: "prefer_hubspot", property: "zip", field: "MailingPostalCode" },
  { rule: "always_hubspot", property: "country", field: "MailingCountry" },
];
const PROPERTIES = MAPPED.map((m) => m.property);
const FIELDS = MAPPED.map((m) => m.field);

type Edit = { side: "hubspot" | "salesforce"; value: string | null };
/** What both sides hold afterwards, in the order of MAPPED: "HubSpot's value|Salesforce's value", "-" = blank. */
type Case = { name: string; start: string | null; edits: Edit[]; end: string[] };

const h = (value: string | null): Edit => ({ side: "hubspot", value });
const s = (value: string | null): Edit => ({ side: "salesforce", value });

const CASES: Case[] = [
  {
    name: "T10: a value changed in HubSpot travels where HubSpot may win, and is put back where Salesforce wins",
    start: "old",
    edits: [h("new")],
    end: ["old|old", "old|old", "new|new", "new|old", "new|new", "new|new"],
  },
  {
    name: "T11: a value changed in Salesforce travels where Salesforce may win, and is put back where HubSpot wins",
    start: "old",
    edits: [s("new")],
    end: ["new|new", "new|new", "new|new", "old|new", "old|old", "old|old"],
  },
  {
    name: "F3, F5, F6: a clear in HubSpot clears Salesforce; F1, F2: Salesforce's value comes back",
    start: "old",
    edits: [h(null)],
    end: ["old|old", "old|old", "-|-", "-|old", "-|-", "-|-"],
  },
  {
    name: "F1, F2, F3: a clear in Salesforce clears HubSpot; F5, F6: HubSpot's value comes back",
    start: "old",
    edits: [s(null)],
    end: ["-|-", "-|-", "-|-", "old|-", "old|old", "old|old"],
  },
  {
    name: "F1, F3, F5, F6: Salesforce blank as before takes HubSpot's value; F2: HubSpot is blank again",
    start: null,
    edits: [h("new")],
    end: ["new|new", "-|-", "new|new", "new|-", "new|new", "new|new"],
  },
  {
    name: "F1, F2, F3, F5: HubSpot blank as before takes Salesforce's value; F6: Salesforce is blank again",
    start: null,
    edits: [s("new")],
    end: ["new|new", "new|new", "new|new", "-|new", "new|new", "-|-"],
  },
  {
    name: "F3: both sides changed and HubSpot's edit is the newer one",
    start: "old",
    edits: [s("from S"), h("from H")],
    end: ["from S|from S", "from S|from S", "from H|from H", "from H|from S", "from H|from H", "from H|from H"],
  },
  {
    name: "F3: both sides changed and Salesforce's edit is the newer one",
    start: "old",
    edits: [h("from H"), s("from S")],
    end: ["from S|from S", "from S|from S", "from S|from S", "from H|from S", "from H|from H", "from H|from H"],
  },
  {
    name: "F3: Salesforce changed and then HubSpot was cleared, which is an edit like any other",
    start: "old",
    edits: [s("from S"), h(null)],
    end: ["from S|from S", "from S|from S", "-|-", "-|from S", "-|-", "-|-"],
  },
];

type Pair = { contact: string; record: string };

let world: SyncWorld;
const pairs: Pair[] = [];

async function makePair(start: string | null, number: number): Promise<Pair> {
  const email = `rules-${number}@example.com`;
  const values = (names: string[]): Fields => Object.fromEntries(names.map((name) => [name, start ?? ""]));
  const contact = await makeContact(world, { email, lastname: "Rules", ...values(PROPERTIES) });
  const record = await makeRecord(world, "Contact", { Email: email, LastName: "Rules", ...values(FIELDS) });
  return { contact, record };
}

async function edit(pair: Pair, { side, value }: Edit): Promise<void> {
  const values = (names: string[]): Fields => Object.fromEntries(names.map((name) => [name, value ?? ""]));
  if (side === "hubspot") await editContact(world, pair.contact, values(PROPERTIES));
  else await editRecord(world, "Contact", pair.record, values(FIELDS));
}

async function readBoth(pair: Pair): Promise<string[]> {
  const [contact, record] = await Promise.all([
    readContact(world, pair.contact, PROPERTIES),
    readRecord(world, "Contact", pair.record, FIELDS),
  ]);
  return MAPPED.map((m) => `${contact[m.property] ?? "-"}|${record[m.field] ?? "-"}`);
}

beforeAll(async () => {
  world = await startSyncWorld();
  for (const { property, rule } of MAPPED) await setRule(property, rule);
  for (const [number, { start }] of CASES.entries()) pairs.push(await makePair(start, number));
  await settle(world);
  // Salesforce tells whole seconds: an edit in the second of our own write or of the other side's edit has no order.
  for (const step of [0, 1]) {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (const [number, pair] of pairs.entries()) {
      const change = CASES[number]?.edits[step];
      if (change) await edit(pair, change);
    }
  }
  await world.sync();
});
afterAll(() => world.stop());

describe("one sync after the edit, under each update rule", () => {
  it.each(CASES.map((c, number) => ({ ...c, number })))("$name", async ({ number, end }) => {
    const pair = pairs[number];
    if (!pair) throw new Error("no pair");
    const named = (values: string[]) => Object.fromEntries(values.map((value, i) => [MAPPED[i]?.rule, value]));
    expect(named(await readBoth(pair))).toEqual(named(end));
    expect(await findRow(pair.contact)).toMatchObject({ state: "in_sync", salesforceId: pair.record });
  });

  it("F9: the history holds both values, the winner and the rule, also of what was put back", async () => {
    const row = await findRow(pairs[0]?.contact ?? "");
    const entry = (await readHistory(row.id)).at(-1);
    expect(entry).toMatchObject({ outcome: "updated", triggers: [{ code: "T10" }] });
    const change = (property: string) => entry?.changes.find((c) => c.hubspotProperty === property);
    expect(change("phone")).toMatchObject({
      side: "hubspot",
      before: "new",
      after: "old",
      winner: "salesforce",
      rule: "prefer_salesforce",
      conflict: false,
    });
    expect(change("jobtitle")).toMatchObject({ side: "salesforce", before: "old", after: "new", winner: "hubspot" });
    expect(change("city")).toBeUndefined();
  });

  it("F9: a conflict says so, with the value that lost", async () => {
    const row = await findRow(pairs[6]?.contact ?? "");
    const change = (await readHistory(row.id)).at(-1)?.changes.find((c) => c.hubspotProperty === "jobtitle");
    expect(change).toMatchObject({
      side: "salesforce",
      before: "from S",
      after: "from H",
      winner: "hubspot",
      rule: "two_way",
      reason: "newest_hubspot",
      conflict: true,
    });
  });

  it("F7: three further checks write nothing", async () => {
    await world.clearCalls();
    for (let i = 0; i < 3; i += 1) expect(await world.sync()).toMatchObject({ due: 0, remaining: 0 });
    expect(await world.calls()).toEqual({ hubspot: 3, salesforce: 3 });
  });
});
