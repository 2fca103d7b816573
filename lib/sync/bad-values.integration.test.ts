import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { prepareConnection } from "./prepare-connection";
import { ANY_TIME, advance, queueJob } from "./testing/jobs";
import {
  addField,
  addMapping,
  addProperty,
  editContact,
  findRow,
  makeContact,
  readRecord,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;

beforeAll(async () => {
  world = await startSyncWorld({ settings: { hubspotToSalesforce: "contact" } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  for (const [name, type] of [
    ["renewal", "Date"],
    ["seen", "DateTime"],
    ["seats", "Number"],
  ] as const) {
    await addProperty(world, name, "string/text");
    const number = type === "Number" ? { precision: 8, scale: 2 } : {};
    await addField(world, `${name}__c`, { type, ...number });
    await addMapping(world, { hubspotProperty: name, contactField: `${name}__c`, rule: "two_way" });
  }
  await prepareConnection(world.connectionId, { createIdFields: false });
});
afterAll(() => world.stop());

/** Typed by people into text properties whose Salesforce fields are dates and numbers. */
const GARBAGE: [string, string, string][] = [
  ["a day that does not exist", "renewal", "2026-02-31"],
  ["a day in another order", "renewal", "31/12/2026"],
  ["words for a day", "renewal", "next week"],
  ["words that a lenient reader takes for a day", "renewal", "Room 5"],
  ["a year that no calendar has", "renewal", "99999-01-01"],
  ["an era", "renewal", "令和8年2月1日"],
  ["words for a moment", "seen", "yesterday noon"],
  ["words that a lenient reader takes for a moment", "seen", "call back 12"],
  ["an hour that no day has", "seen", "2026-05-06T25:61:00Z"],
  ["words for a number", "seats", "twelve"],
  ["a number with a unit", "seats", "12 seats"],
  ["a number that is none", "seats", "NaN"],
  ["a number without an end", "seats", "1e999"],
];

async function errorsOf(remoteId: string) {
  const { id } = await findRow(remoteId);
  const rows = await getDatabase().syncError.findMany({ where: { recordId: id, closedAt: null } });
  return rows.map(({ type, category, side, fields }) => ({ type, category, side, fields }));
}

describe("E1: an import with garbage in it", () => {
  const ids = new Map<string, string>();
  let good: string[];

  beforeAll(async () => {
    for (const [index, [name, property, value]] of GARBAGE.entries()) {
      const email = `garbage${index}@example.com`;
      ids.set(name, await makeContact(world, { email, lastname: "G", jobtitle: "Known", [property]: value }));
    }
    good = [
      await makeContact(world, { email: "good@example.com", lastname: "A", renewal: "2026-03-01", seats: "12" }),
      await makeContact(world, { email: "better@example.com", lastname: "B", seen: "2026-05-06T07:08:09Z" }),
    ];
    const jobId = await queueJob(world, { kind: "import_hubspot", object: "contact", ...ANY_TIME });
    const { end, counts } = await advance(world, jobId);
    expect(end).toBe("done");
    expect(counts).toMatchObject({ created: good.length, failed: GARBAGE.length, open: 0 });
  }, 120_000);

  it.each(GARBAGE)(
    "%s fails its own record, with property and value; the rest of it is there",
    async (name, property, value) => {
      const id = ids.get(name) ?? "";
      const fields = [{ field: property, value }];
      expect(await errorsOf(id)).toEqual([
        { type: "invalid_format", category: "property_values", side: "salesforce", fields },
      ]);
      const { state, salesforceId } = await findRow(id);
      expect(state).toBe("failing");
      expect(await readRecord(world, "Contact", salesforceId ?? "", ["Title", `${property}__c`])).toEqual({
        Title: "Known",
        [`${property}__c`]: null,
      });
    },
  );

  it("the others are there with their values, and a mended record follows", async () => {
    for (const id of good) expect((await findRow(id)).state).toBe("in_sync");
    const names = ["renewal__c", "seats__c"];
    expect(await readRecord(world, "Contact", (await findRow(good[0] ?? "")).salesforceId ?? "", names)).toEqual({
      renewal__c: "2026-03-01",
      seats__c: 12,
    });
    const id = ids.get("words for a day") ?? "";
    await editContact(world, id, { renewal: "2026-04-01" });
    await settle(world);
    expect(await errorsOf(id)).toEqual([]);
    const { salesforceId } = await findRow(id);
    expect(await readRecord(world, "Contact", salesforceId ?? "", ["renewal__c", "Title"])).toEqual({
      renewal__c: "2026-04-01",
      Title: "Known",
    });
  });
});
