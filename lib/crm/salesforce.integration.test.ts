import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { SalesforceType } from "@/lib/decide/record-types";
import { startSalesforceSandbox } from "../../sandbox/salesforce/server";
import type { ChangeCursor, SalesforceCrm, SalesforceWrite, WriteOutcome } from "./face";
import { createSalesforceCrm } from "./salesforce/crm";
import { type Bench, failureOf, openBench } from "./testing/open-bench";

const FIELDS = { Lead: ["LastName", "Company", "Email"], Contact: ["LastName", "Email"] };
let bench: Bench;
let crm: SalesforceCrm;

beforeAll(async () => {
  bench = await openBench(await startSalesforceSandbox({ contacts: 0 }), "00D000000000001AAA!sandbox");
  crm = createSalesforceCrm(bench);
  await crm.createIdFields(["Lead", "Contact"]);
});
afterAll(() => bench.sandbox.stop());
beforeEach(async () => {
  await bench.setFaults([]);
  await bench.forgetCalls();
});

function makeCreates(count: number, prefix: string, type: SalesforceType = "Lead"): SalesforceWrite[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `${prefix}${i}`,
    operation: "create",
    type,
    id: null,
    hubspotId: `${prefix}${i}`,
    values: {
      LastName: `${prefix} ${i}`,
      Email: `${prefix}${i}@example.com`,
      ...(type === "Lead" ? { Company: "Example" } : {}),
    },
  }));
}

function makeUpdate(type: SalesforceType, id: string, values: SalesforceWrite["values"], key = id): SalesforceWrite {
  return { key, operation: "update", type, id, hubspotId: null, values };
}

function idsOf(outcomes: WriteOutcome[]): string[] {
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

describe("Salesforce calls", () => {
  test("1,000 creates cost 2 calls and 1,000 updates 2, each told as stored", async () => {
    const created = await crm.write(makeCreates(1000, "thousand"), true);
    const ids = idsOf(created);
    expect(created.every((outcome) => outcome.ok && outcome.created && outcome.modifiedAt !== null)).toBe(true);
    expect((await bench.listCalls()).length).toBe(2);
    await bench.forgetCalls();
    const updated = await crm.write(
      ids.map((id) => makeUpdate("Lead", id, { FirstName: "New", Company: "  Trimmed  " })),
      true,
    );
    expect(idsOf(updated).toSorted()).toEqual(ids.toSorted());
    expect((await bench.listCalls()).length).toBe(2);
    const [reading] = await crm.readByIds([ids[0] ?? ""], { Lead: ["FirstName", "Company"], Contact: [] });
    expect(updated[0]).toMatchObject({
      created: false,
      stored: { FirstName: "New", Company: reading?.values.Company },
      modifiedAt: reading?.modifiedAt,
    });
  });

  test("leads and contacts, created and updated, go in one call", async () => {
    const [lead = "", contact = ""] = idsOf(
      await crm.write([...makeCreates(1, "mixl"), ...makeCreates(1, "mixc", "Contact")], true),
    );
    await bench.forgetCalls();
    const outcomes = await crm.write(
      [
        makeUpdate("Lead", lead, { LastName: "L" }),
        makeUpdate("Contact", contact, { LastName: "C" }),
        ...makeCreates(2, "mixn"),
      ],
      true,
    );
    idsOf(outcomes);
    expect((await bench.listCalls()).length).toBe(1);
  });

  test("2,500 ids are read in one call, and no query is too long", async () => {
    const ids = idsOf(await crm.write(makeCreates(2500, "many", "Contact"), true));
    await bench.forgetCalls();
    expect(await crm.readByIds([...ids, "500000000000001AAA"], FIELDS)).toHaveLength(2500);
    expect((await bench.listCalls()).length).toBe(1);
  });

  test("both objects' changes come in one call, in order, without loss over pages and equal stamps", async () => {
    const stamp = Math.floor(Date.now() / 1000) * 1000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(stamp);
    // In four parts: above 2,000 records a write goes by a bulk job, which waits for the clock that stands still here.
    const ids: string[] = [];
    for (const part of ["a", "b"]) {
      ids.push(...idsOf(await crm.write(makeCreates(1050, `cl${part}`), true)));
      ids.push(...idsOf(await crm.write(makeCreates(1050, `cc${part}`, "Contact"), true)));
    }
    clock.mockRestore();
    await bench.forgetCalls();
    const found: string[] = [];
    const cursors: Partial<Record<SalesforceType, ChangeCursor | null>> = {
      Lead: { stamp, lastId: "" },
      Contact: { stamp, lastId: "" },
    };
    let types: SalesforceType[] = ["Lead", "Contact"];
    let calls = 0;
    for (; types.length > 0 && calls < 20; calls += 1) {
      const pages = await crm.readChanges(cursors, FIELDS, types);
      types = types.filter((type) => {
        const page = pages[type];
        if (!page) throw new Error("a page of each asked type comes");
        found.push(...page.readings.map((reading) => reading.id));
        cursors[type] = page.next;
        return !page.isLast;
      });
    }
    expect((await bench.listCalls()).length).toBe(calls);
    expect(new Set(found).size).toBe(found.length);
    expect(ids.filter((id) => !found.includes(id))).toEqual([]);
    expect(calls).toBeLessThan(5);
  });
});

describe("Salesforce readings", () => {
  test("leads and contacts are matched by email and by HubSpot id in one call", async () => {
    await crm.write([...makeCreates(1, "ml"), ...makeCreates(1, "mc", "Contact")], true);
    await bench.forgetCalls();
    const found = await crm.readMatches(
      { emails: ["ML0@example.com", "x'--@example.com"], hubspotIds: ["mc0"] },
      FIELDS,
      true,
    );
    expect(found.map((reading) => reading.type).toSorted()).toEqual(["Contact", "Lead"]);
    expect(found.find((reading) => reading.type === "Contact")?.values).toMatchObject({ HubSpot_Contact_Id__c: "mc0" });
    expect((await bench.listCalls()).length).toBe(1);
    expect(await crm.readMatches({ emails: [], hubspotIds: ["mc0"] }, FIELDS, false)).toEqual([]);
  });

  test("a converted lead says so and where it went, and refuses writes with its own code", async () => {
    const [leadId = ""] = idsOf(await crm.write(makeCreates(1, "conv"), true));
    await bench.act("convertLead", { leadId });
    const [reading] = await crm.readByIds([leadId], FIELDS);
    expect(reading?.values).toMatchObject({ IsConverted: true, ConvertedContactId: expect.stringMatching(/^003/) });
    const outcomes = await crm.write([makeUpdate("Lead", leadId, { LastName: "Late" })], true);
    expect(failureIn(outcomes, leadId).code).toBe("CANNOT_UPDATE_CONVERTED_LEAD");
  });

  test("a record that our user may not see is absent", async () => {
    const [id = ""] = idsOf(await crm.write(makeCreates(1, "hid"), true));
    await bench.act("hideRecord", { id });
    expect(await crm.readByIds([id], FIELDS)).toEqual([]);
  });
});

describe("Salesforce refusals", () => {
  test("validation rules, duplicate rules and locks are told by code and the admin's words", async () => {
    const [id = "", locked = ""] = idsOf(await crm.write(makeCreates(2, "rule"), true));
    await bench.act("addValidationRule", {
      object: "Lead",
      name: "NoForbidden",
      errorCondition: 'Company = "Forbidden"',
      errorMessage: "This company is forbidden.",
      errorField: "Company",
    });
    await bench.act("addDuplicateRule", { object: "Lead", matchField: "Email", ruleAction: "Block" });
    await bench.act("lockRow", { id: locked, forMs: 60_000 });
    const duplicate = { ...makeCreates(1, "rule")[0], key: "duplicate", hubspotId: "another" } as SalesforceWrite;
    const outcomes = await crm.write(
      [
        makeUpdate("Lead", id, { Company: "Forbidden" }),
        makeUpdate("Lead", locked, { Company: "Locked" }),
        duplicate,
        ...makeCreates(1, "neighbour"),
      ],
      true,
    );
    await bench.act("removeValidationRule", { object: "Lead", name: "NoForbidden" });
    await bench.act("removeDuplicateRule", { object: "Lead" });
    expect(failureIn(outcomes, id)).toMatchObject({
      code: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      message: "This company is forbidden.",
      fields: ["Company"],
      status: 200,
    });
    expect(failureIn(outcomes, locked).code).toBe("UNABLE_TO_LOCK_ROW");
    expect(failureIn(outcomes, "duplicate").code).toBe("DUPLICATES_DETECTED");
    expect(outcomes.find((outcome) => outcome.key === "neighbour0")?.ok).toBe(true);
  });

  test("a collection that is refused as a whole is taken apart until the bad record stands alone", async () => {
    const refused = {
      compositeResponse: [
        {
          referenceId: "part0",
          httpStatusCode: 400,
          httpHeaders: {},
          body: [{ errorCode: "JSON_PARSER_ERROR", message: "Cannot deserialize instance of double" }],
        },
      ],
    };
    const ids = idsOf(await crm.write(makeCreates(4, "json"), true));
    await bench.forgetCalls();
    await bench.setFaults([{ match: { nth: 1 }, do: { status: 200, body: refused } }]);
    const outcomes = await crm.write(
      ids.map((id) => makeUpdate("Lead", id, { Company: "Halved" })),
      true,
    );
    expect(idsOf(outcomes).toSorted()).toEqual(ids.toSorted());
    expect((await bench.listCalls()).length).toBe(2);
  });

  test("a field that is gone fails the records that carry it, and no others", async () => {
    const [a = "", b = ""] = idsOf(await crm.write(makeCreates(2, "gone"), true));
    const outcomes = await crm.write(
      [makeUpdate("Lead", a, { Vanished__c: "x" }), makeUpdate("Lead", b, { Company: "Fine" })],
      true,
    );
    expect(failureIn(outcomes, a).code).toBe("INVALID_FIELD");
    expect(outcomes.find((outcome) => outcome.key === b)?.ok).toBe(true);
  });

  test("an id that is gone is told as such", async () => {
    const outcomes = await crm.write([makeUpdate("Lead", "00Q000000000999AAA", { Company: "x" }, "k")], true);
    expect(failureIn(outcomes, "k").code).toMatch(/INVALID_CROSS_REFERENCE_KEY|ENTITY_IS_DELETED|NOT_FOUND/);
  });

  test("without the id fields creates are plain inserts", async () => {
    const [first] = await crm.write(makeCreates(1, "plain"), false);
    const [second] = await crm.write(makeCreates(1, "plain"), false);
    expect([first, second]).toMatchObject([
      { ok: true, created: true },
      { ok: true, created: true },
    ]);
    expect(first?.ok && second?.ok && first.id !== second.id).toBe(true);
  });

  test("the daily limit is told by code for reads and writes alike", async () => {
    await bench.setLimits({ enforce: true, daily: 1 });
    const failure = await failureOf(crm.listUsers().then(() => crm.listUsers()));
    const outcomes = await crm.write(makeCreates(1, "limit"), true);
    await bench.setLimits({ enforce: false, daily: 100_000 });
    expect(failure).toMatchObject({ status: 403, code: "REQUEST_LIMIT_EXCEEDED", uncertain: false });
    expect(failureIn(outcomes, "limit0")).toMatchObject({ code: "REQUEST_LIMIT_EXCEEDED", uncertain: false });
  });

  test("a query that Salesforce refuses fails the read as a whole with its code", async () => {
    const failure = await failureOf(crm.readByIds(["00Q000000000001AAA"], { Lead: ["Nowhere__c"], Contact: [] }));
    expect(failure).toMatchObject({ status: 400, code: "INVALID_FIELD" });
    await expect(crm.readByIds(["00Q000000000001AAA"], { Lead: ["Id FROM User--"], Contact: [] })).rejects.toThrow(
      "not a Salesforce field name",
    );
  });
});

describe("Salesforce surroundings", () => {
  test("users come with inactive ones, the account with organisation and user", async () => {
    const users = await crm.listUsers();
    expect(users.some((user) => user.active && user.email.includes("@") && user.name !== "")).toBe(true);
    expect(users.some((user) => !user.active)).toBe(true);
    expect(await crm.readAccount()).toMatchObject({
      orgId: expect.stringMatching(/^00D/),
      userId: expect.stringMatching(/^005/),
      userName: expect.stringContaining("@"),
    });
  });

  test("field kinds, lengths, options and requirements follow the description", async () => {
    const lead = await crm.describe("Lead");
    expect(lead.LastName).toMatchObject({ kind: "text", length: 80, required: true, readOnly: false });
    expect(lead.Company?.required).toBe(true);
    expect(lead.FirstName?.required).toBe(false);
    expect(lead.OwnerId?.kind).toBe("owner");
    expect(lead.ConvertedContactId?.kind).toBe("reference");
    expect(lead.Status).toMatchObject({ kind: "picklist" });
    expect(lead.Status?.options?.length).toBeGreaterThan(1);
    expect(lead.IsConverted).toMatchObject({ kind: "boolean", readOnly: true });
    expect(lead.Id).toMatchObject({ kind: "reference", readOnly: true });
    expect(lead.Address?.kind).toBe("unsupported");
    expect(lead.HubSpot_Contact_Id__c).toMatchObject({ kind: "text", length: 64 });
  });

  test("our writes name themselves in the call options", async () => {
    const sent: (string | null)[] = [];
    const real = globalThis.fetch;
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
      sent.push(new Headers(init?.headers).get("Sforce-Call-Options"));
      return real(url, init);
    });
    await crm.describe("Lead");
    spy.mockRestore();
    expect(sent).toEqual(["client=kakehashi"]);
  });
});
