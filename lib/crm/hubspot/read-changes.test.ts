import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangeCursor } from "../face";
import type { CallHubSpot } from "./call";
import { openObject } from "./open-object";
import { readChanges } from "./read-changes";

type Contact = { id: number; stamp: number };
type Filter = { propertyName: string; operator: string; value?: string; values?: string[] };
type Body = { filterGroups: { filters: Filter[] }[]; sorts: { propertyName: string }[]; limit: number };

/** A search that breaks ties of the sort in an order of its own, as HubSpot is free to do. */
function makeSearch(contacts: Contact[], shuffle: (id: number) => number): { call: CallHubSpot; searches(): number } {
  let searches = 0;
  const call: CallHubSpot = async (request) => {
    searches += 1;
    const body = request.body as Body;
    const passes = (contact: Contact) =>
      body.filterGroups.some((group) => group.filters.every((filter) => passesFilter(filter, contact)));
    const isById = body.sorts[0]?.propertyName === "hs_object_id";
    const found = contacts
      .filter(passes)
      .sort((a, b) => (isById ? a.id - b.id : a.stamp - b.stamp || shuffle(a.id) - shuffle(b.id)));
    const results = found.slice(0, body.limit).map(({ id, stamp }) => ({
      id: String(id),
      properties: { lastmodifieddate: new Date(stamp).toISOString() },
    }));
    return request.reply.parse({ total: found.length, results });
  };
  return { call, searches: () => searches };
}

function passesFilter({ propertyName, operator, value, values }: Filter, contact: Contact): boolean {
  const own = propertyName === "hs_object_id" ? contact.id : contact.stamp;
  if (operator === "GTE") return own >= Number(value);
  if (operator === "LTE") return own <= Number(value);
  if (operator === "GT") return own > Number(value);
  if (operator === "NOT_IN" && (values?.length ?? 0) <= 100) return !values?.includes(String(own));
  throw new Error(`the walk is not expected to send ${operator}`);
}

async function walk(call: CallHubSpot, onPage: (page: number) => void = () => {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: ChangeCursor = { stamp: 0, lastId: "" };
  for (let page = 1; page < 200; page += 1) {
    const answer = await readChanges(openObject(call, "contact"), cursor, ["email"]);
    ids.push(...answer.readings.map((reading) => reading.id));
    if (answer.isLast) return ids;
    cursor = answer.next;
    onPage(page);
  }
  throw new Error("the walk does not end");
}

describe("walking contacts by modification stamp", () => {
  test("nothing is lost and the walk ends, however stamps are shared and ties are ordered", async () => {
    const clumps = fc.array(fc.integer({ min: 1, max: 450 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(clumps, fc.integer({ min: 1, max: 9999 }), async (sizes, factor) => {
        const contacts = sizes.flatMap((size, clump) =>
          Array.from({ length: size }, (_, i) => ({ id: clump * 1000 + i + 1, stamp: 1000 + clump })),
        );
        const { call } = makeSearch(contacts, (id) => (id * factor * 7919) % 10_007);
        const ids = await walk(call);
        expect(new Set(ids)).toEqual(new Set(contacts.map((contact) => String(contact.id))));
      }),
      { numRuns: 40 },
    );
  });

  test("1,000 contacts cost 5 searches, none of them returned twice, up to 100 sharing each stamp", async () => {
    for (const shared of [1, 7, 100]) {
      const contacts = Array.from({ length: 1000 }, (_, i) => ({ id: i + 1, stamp: 1000 + Math.floor(i / shared) }));
      const { call, searches } = makeSearch(contacts, (id) => -id);
      expect(await walk(call)).toHaveLength(1000);
      expect(searches()).toBe(5);
    }
  });

  test("contacts edited during the walk are returned again and push no other one out", async () => {
    const contacts = Array.from({ length: 900 }, (_, i) => ({ id: i + 1, stamp: 1000 + Math.floor(i / 50) }));
    const { call } = makeSearch(contacts, (id) => id);
    const ids = await walk(call, (page) => {
      for (const contact of contacts.slice(0, 20)) contact.stamp = 5000 + page;
    });
    expect(new Set(ids).size).toBe(900);
    expect(ids.filter((id) => id === "1").length).toBeGreaterThan(1);
  });
});
