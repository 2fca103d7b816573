import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startHubSpotSandbox } from "../../sandbox/hubspot/server";
import type { HubSpotCrm, HubSpotRecords, HubSpotWrite, WriteOutcome } from "./face";
import { createHubSpotCrm } from "./hubspot/crm";
import { type Bench, failureOf, openBench } from "./testing/open-bench";

let bench: Bench;
let account: HubSpotCrm;
let crm: HubSpotRecords;

beforeAll(async () => {
  bench = await openBench(await startHubSpotSandbox({ contacts: 0 }), "pat-na1-sandbox");
  account = createHubSpotCrm(bench);
  crm = account.of("contact");
  await crm.createIdFields();
});
afterAll(() => bench.sandbox.stop());
beforeEach(async () => {
  await bench.setFaults([]);
  await bench.forgetCalls();
});

function makeCreates(count: number, prefix: string): HubSpotWrite[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `${prefix}${i}`,
    operation: "create",
    id: null,
    salesforceId: `00Q${prefix}${i}`,
    values: { email: `${prefix}${i}@example.com`, lastname: `${prefix} ${i}` },
  }));
}

function makeUpdate(id: string, values: HubSpotWrite["values"], key = id): HubSpotWrite {
  return { key, operation: "update", id, salesforceId: null, values };
}

async function createIds(count: number, prefix: string): Promise<string[]> {
  const outcomes = await crm.write(makeCreates(count, prefix), true);
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    return outcome.id;
  });
}

function failureIn(outcomes: WriteOutcome[], key: string) {
  const outcome = outcomes.find((candidate) => candidate.key === key);
  if (!outcome || outcome.ok) throw new Error(`expected ${key} to fail: ${JSON.stringify(outcome)}`);
  return outcome.failure;
}

async function countCalls(path: string): Promise<number> {
  return (await bench.listCalls()).filter((call) => call.path.endsWith(path)).length;
}

describe("HubSpot calls", () => {
  test("1,000 creates cost 10 calls, and reading the 1,000 changes 5 searches", async () => {
    const since = Date.now() - 1;
    const ids = await createIds(1000, "thousand");
    expect((await bench.listCalls()).length).toBe(10);
    await bench.forgetCalls();
    bench.gate.acquired.length = 0;
    const found = new Set<string>();
    let cursor = { stamp: since, lastId: "" };
    for (;;) {
      const page = await crm.readChanges(cursor, ["email", "firstname", "lastname"]);
      for (const reading of page.readings) found.add(reading.id);
      if (page.isLast) break;
      cursor = page.next;
    }
    expect(ids.every((id) => found.has(id))).toBe(true);
    expect((await bench.listCalls()).length).toBe(5);
    expect(bench.gate.acquired).toEqual(Array(5).fill("hubspot_search"));
  });

  test("500 contacts with one and the same stamp are all found", async () => {
    const now = Date.now();
    const clock = vi.spyOn(Date, "now").mockReturnValue(now);
    const ids = await createIds(500, "clump");
    clock.mockRestore();
    const found = new Set<string>();
    let cursor = { stamp: now, lastId: "" };
    for (let pages = 0; pages < 20; pages += 1) {
      const page = await crm.readChanges(cursor, ["email"]);
      for (const reading of page.readings) found.add(reading.id);
      if (page.isLast) break;
      cursor = page.next;
    }
    expect(ids.filter((id) => !found.has(id))).toEqual([]);
  });

  test("more properties than a search body holds are read by batch read, with the same result", async () => {
    const since = Date.now() - 1;
    const [id = ""] = await createIds(1, "wide");
    const all = Object.keys(await crm.describe());
    expect(JSON.stringify(all).length).toBeGreaterThan(3000);
    await bench.forgetCalls();
    const page = await crm.readChanges({ stamp: since, lastId: "" }, all);
    expect(page.readings.find((reading) => reading.id === id)?.values).toMatchObject({ email: "wide0@example.com" });
    expect((await bench.listCalls()).map((call) => call.status)).toEqual([200, 200]);
  });

  test("the limit that HubSpot tells is passed on, and null where it tells none", async () => {
    bench.gate.noted.length = 0;
    await account.readAccount();
    await crm.readChanges({ stamp: Date.now(), lastId: "" }, ["email"]);
    expect(bench.gate.noted).toEqual([190, null]);
  });

  test("Q1: a pause that HubSpot asks for is passed on: by its header, or by the words of a limit per second", async () => {
    const burst = { message: "You have reached your ten_secondly_rolling limit.", policyName: "TEN_SECONDLY_ROLLING" };
    bench.gate.pauses.length = 0;
    for (const answer of [
      { status: 477, headers: { "Retry-After": "7" } },
      { status: 429, body: burst },
      { status: 429, body: { message: "You have reached your daily limit.", policyName: "DAILY" } },
      { status: 503, headers: { "Retry-After": "86400" } },
    ]) {
      await bench.setFaults([{ match: {}, do: answer }]);
      await failureOf(account.readAccount());
    }
    await bench.setFaults([]);
    await account.readAccount();
    expect(bench.gate.pauses).toEqual([7_000, 1_000, 0, 60_000, 0]);
  });

  test("250 ids are read in 3 calls, 120 histories in 3", async () => {
    const ids = await createIds(250, "ids");
    await bench.forgetCalls();
    expect(await crm.readByIds([...ids, ...ids], ["email"])).toHaveLength(250);
    expect(await countCalls("/batch/read")).toBe(3);
    await bench.forgetCalls();
    const times = await crm.readEditTimes(ids.slice(0, 120), ["email", "lastname"]);
    expect(times.size).toBe(120);
    expect(await countCalls("/batch/read")).toBe(3);
  });

  test("the edit time is that of the newest edit of each property", async () => {
    const [id = ""] = await createIds(1, "times");
    const before = Date.now();
    await bench.act("updateContact", { id, properties: { firstname: "Later" } });
    const times = (await crm.readEditTimes([id], ["firstname", "email"])).get(id);
    expect(times?.firstname).toBeGreaterThanOrEqual(before);
    expect(times?.email).toBeLessThanOrEqual(before);
  });

  test("a contact is found by a secondary address, and says which addresses it has", async () => {
    const [id = ""] = await createIds(1, "second");
    await bench.act("updateContact", { id, properties: { hs_additional_emails: "other@example.com" } });
    const found = await account.readByEmails(["OTHER@example.com", "second0@example.com"], ["lastname"]);
    expect(found).toHaveLength(1);
    expect(found[0]?.values).toMatchObject({ email: "second0@example.com", hs_additional_emails: "other@example.com" });
  });
});

describe("HubSpot refusals", () => {
  test("an email that another contact has is a conflict that names the other one", async () => {
    const [id = ""] = await createIds(1, "taken");
    const write = { ...makeCreates(1, "taken")[0], key: "k", salesforceId: "00Qother" } as HubSpotWrite;
    const failure = failureIn(await crm.write([write], true), "k");
    expect(failure).toMatchObject({ code: "CONFLICT", status: 200, uncertain: false });
    expect(failure.message).toContain(`Existing ID: ${id}`);
  });

  test("values that HubSpot refuses are named with their own error and words", async () => {
    const [id = ""] = await createIds(1, "values");
    const writes = [
      makeUpdate(id, { lifecyclestage: "no such stage" }, "option"),
      makeUpdate("999999999", { lastname: "x" }, "gone"),
    ];
    const outcomes = await crm.write(writes, true);
    expect(failureIn(outcomes, "option")).toMatchObject({ code: "INVALID_OPTION", fields: ["lifecyclestage"] });
    expect(failureIn(outcomes, "option").message).not.toContain("isValid");
    expect(failureIn(outcomes, "gone").code).toBe("OBJECT_NOT_FOUND");
  });

  test("a contact that was merged away is told as not returned, and its neighbours are written", async () => {
    const [a = "", b = "", c = ""] = await createIds(3, "merge");
    await bench.act("mergeContacts", { primaryObjectId: a, objectIdToMerge: b });
    const outcomes = await crm.write([makeUpdate(b, { lastname: "Gone" }), makeUpdate(c, { lastname: "Stays" })], true);
    expect(failureIn(outcomes, b).code).toBe("NOT_RETURNED");
    expect(outcomes.find((outcome) => outcome.key === c)?.ok).toBe(true);
  });

  test("a batch that is refused as a whole is taken apart until the bad record stands alone", async () => {
    const ids = await createIds(8, "halves");
    const writes = ids.map((id, i) => makeUpdate(id, { lastname: `New ${i}` }));
    // The same contact twice is a fault of the whole batch at HubSpot, trace ids or not.
    const twice = makeUpdate(ids[3] ?? "", { firstname: "Twice" }, "twice");
    const outcomes = await crm.write([...writes, twice], true);
    expect(outcomes).toHaveLength(9);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  });

  test("a refusal of a property that every record carries costs no call per record", async () => {
    const ids = await createIds(60, "property");
    const message = `Property values were not valid: ${JSON.stringify([{ isValid: false, message: "gone", error: "PROPERTY_DOESNT_EXIST", name: "nickname" }])}`;
    await bench.setFaults([
      { match: { nth: 1 }, do: { status: 400, body: { status: "error", message, category: "VALIDATION_ERROR" } } },
    ]);
    await bench.forgetCalls();
    const writes = ids.map((id, i) => makeUpdate(id, i < 50 ? { nickname: "x" } : { lastname: "y" }));
    const outcomes = await crm.write(writes, true);
    expect((await bench.listCalls()).length).toBe(2);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10);
    expect(failureIn(outcomes, ids[0] ?? "")).toMatchObject({
      code: "PROPERTY_DOESNT_EXIST",
      fields: ["nickname"],
      message: "gone",
    });
  });

  test("without the id fields creates are plain, and find nothing when repeated", async () => {
    const [write] = makeCreates(1, "plain");
    if (!write) throw new Error("one write was made");
    expect((await crm.write([write], false))[0]).toMatchObject({ ok: true, created: true });
    expect(failureIn(await crm.write([write], false), "plain0").code).toBe("CONFLICT");
    expect(await countCalls("/batch/create")).toBe(2);
  });

  test.each<{ limits: Record<string, number | boolean>; code: string }>([
    { limits: { enforce: true, perTenSeconds: 1 }, code: "TEN_SECONDLY_ROLLING" },
    { limits: { enforce: true, daily: 1 }, code: "DAILY" },
  ])("a limit that is reached is told by its policy: $code", async ({ limits, code }) => {
    await bench.setLimits(limits);
    await account.readAccount().catch(() => {});
    const failure = await failureOf(account.readAccount());
    const outcomes = await crm.write(makeCreates(1, "limit"), true);
    await bench.setLimits({ enforce: false, perTenSeconds: 190, daily: 1_000_000 });
    expect(failure).toMatchObject({ status: 429, code, uncertain: false });
    expect(failureIn(outcomes, "limit0")).toMatchObject({ status: 429, code, uncertain: false });
  });

  test("the search limit is told by its category", async () => {
    await bench.setLimits({ enforce: true, searchPerSecond: 1 });
    const search = () => crm.readChanges({ stamp: Date.now(), lastId: "" }, ["email"]);
    await search();
    const failure = await failureOf(search());
    await bench.setLimits({ enforce: false, searchPerSecond: 5 });
    expect(failure).toMatchObject({ status: 429, code: "RATE_LIMITS" });
  });

  test("a missing scope is told as such for every record of the call", async () => {
    const body = {
      status: "error",
      message: "This app hasn't been granted all required scopes",
      category: "MISSING_SCOPES",
    };
    await bench.setFaults([{ match: {}, do: { status: 403, body } }]);
    const outcomes = await crm.write(makeCreates(3, "scope"), true);
    expect(outcomes.map((outcome) => !outcome.ok && outcome.failure.code)).toEqual(Array(3).fill("MISSING_SCOPES"));
    expect((await bench.listCalls()).length).toBe(1);
  });
});

describe("HubSpot surroundings", () => {
  test("owners come with archived ones as inactive, the account with its zone", async () => {
    const owners = await account.listOwners();
    expect(owners.some((owner) => owner.active && owner.email.includes("@") && owner.name !== "")).toBe(true);
    expect(owners.some((owner) => !owner.active)).toBe(true);
    expect(await account.readAccount()).toMatchObject({
      portalId: expect.stringMatching(/^\d+$/),
      timeZone: "Asia/Tokyo",
    });
  });

  test("property kinds follow type and field type", async () => {
    const fields = await crm.describe();
    expect(fields.hubspot_owner_id?.kind).toBe("owner");
    expect(fields.lifecyclestage).toMatchObject({ kind: "picklist", readOnly: false });
    expect(fields.lifecyclestage?.options?.length).toBeGreaterThan(5);
    expect(fields.hs_object_id).toMatchObject({ kind: "number", readOnly: true });
    expect(fields.hs_email_optout?.kind).toBe("boolean");
    expect(fields.hs_email_open).toMatchObject({ readOnly: true });
  });

  test("L1: options come in the order that HubSpot shows, not in that of its answer", async () => {
    const option = (value: string, displayOrder: number) => ({ label: value, value, displayOrder, hidden: false });
    const response = await fetch(`${bench.sandbox.url}/crm/v3/properties/contacts`, {
      method: "POST",
      headers: { Authorization: "Bearer pat-na1-sandbox", "Content-Type": "application/json" },
      body: JSON.stringify({
        ...{
          name: "course",
          label: "Course",
          groupName: "contactinformation",
          type: "enumeration",
          fieldType: "select",
        },
        options: [option("coffee", 2), option("extra", -1), option("soup", 0), option("fish", 1)],
      }),
    });
    expect(response.status).toBe(201);
    const { course } = await crm.describe();
    expect(course?.options?.map(({ value }) => value)).toEqual(["soup", "fish", "coffee", "extra"]);
  });
});
