import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { resumeSync } from "./change-connection";
import { refreshSchemas } from "./prepare-connection";
import { resumeHealed } from "./resume-healed";
import {
  addField,
  addMapping,
  addProperty,
  editContact,
  editRecord,
  endWaits,
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

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await setRule("jobtitle", "two_way");
});
beforeEach(() => setFaults([], []));
afterAll(() => world.stop());

async function setFaults(hubspot: unknown[], salesforce: unknown[]): Promise<void> {
  await world.door("hubspot", "PUT", "/__sandbox/faults", hubspot);
  await world.door("salesforce", "PUT", "/__sandbox/faults", salesforce);
}

async function readErrors(remoteId: string) {
  const row = await findRow(remoteId);
  return getDatabase().syncError.findMany({ where: { recordId: row.id }, orderBy: { openedAt: "asc" } });
}

async function countLeads(email: string): Promise<number> {
  return (await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`)).length;
}

const FORBIDDEN = { object: "Lead", name: "No_Bad_Titles" };
const forbid = () =>
  world.salesforceAct("addValidationRule", {
    ...FORBIDDEN,
    errorCondition: 'Title = "Bad"',
    errorMessage: "Bad is no title",
    errorField: "Title",
  });

describe("a record that Salesforce refuses", () => {
  it("G3, E1, E4: fails alone with field, value and message; mended in HubSpot it syncs and the error closes", async () => {
    await forbid();
    const [bad, good] = [newEmail("bad"), newEmail("good")];
    const badId = await makeContact(world, { email: bad, lastname: "B", jobtitle: "Bad" });
    const goodId = await makeContact(world, { email: good, lastname: "G", jobtitle: "Good" });
    expect(await world.sync()).toMatchObject({ synced: 1, failed: 1 });
    expect(await countLeads(good)).toBe(1);
    expect(await countLeads(bad)).toBe(0);
    expect(await findRow(goodId)).toMatchObject({ state: "in_sync" });
    expect(await findRow(badId)).toMatchObject({ state: "failing", salesforceId: null });
    const error = {
      type: "validation_rule",
      category: "custom_code",
      side: "salesforce",
      remoteCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      remoteMessage: "Bad is no title",
      retry: "waits",
      closedAt: null,
      occurrences: 1,
      fields: [{ field: "Title", value: "Bad" }],
    };
    expect(await readErrors(badId)).toMatchObject([error]);

    const before = new Date();
    await editContact(world, badId, { jobtitle: "Mended" });
    await settle(world);
    expect(await countLeads(bad)).toBe(1);
    expect(await findRow(badId)).toMatchObject({ state: "in_sync", attempts: 0 });
    const [closed] = await readErrors(badId);
    expect(closed?.closedAt?.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1_000);
    await world.salesforceAct("removeValidationRule", FORBIDDEN);
  });

  it("E3: what waits for a person is left alone until tomorrow, then tried again", async () => {
    await forbid();
    const email = newEmail("daily");
    const id = await makeContact(world, { email, lastname: "D", jobtitle: "Bad" });
    await world.sync();
    const row = await findRow(id);
    const hoursAhead = ((row.nextAttemptAt.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hoursAhead).toBeGreaterThan(23);
    await world.salesforceAct("removeValidationRule", FORBIDDEN);
    await world.sync();
    expect(await countLeads(email)).toBe(0);
    await endWaits();
    await settle(world);
    expect(await countLeads(email)).toBe(1);
    const history = await readHistory(row.id);
    expect(history.map((entry) => entry.outcome).slice(0, 2)).toEqual(["failed", "created_in_salesforce"]);
    expect(history[1]?.triggers).toMatchObject([{ code: "daily_retry" }]);
    expect((await readErrors(id)).filter((e) => e.closedAt === null)).toEqual([]);
  });

  it("E1: an update that is refused keeps both values apart, and the other fields' books right, until it is mended", async () => {
    const email = newEmail("update");
    const id = await makeContact(world, { email, lastname: "U", jobtitle: "Good" });
    await settle(world);
    await forbid();
    const lead = (await findRow(id)).salesforceId ?? "";
    await editContact(world, id, { jobtitle: "Bad" });
    await world.sync();
    expect(await findRow(id)).toMatchObject({ state: "failing", salesforceId: lead });
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Good" });
    await editContact(world, id, { jobtitle: "Better" });
    await settle(world);
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Better" });
    expect(await findRow(id)).toMatchObject({ state: "in_sync" });
    await world.salesforceAct("removeValidationRule", FORBIDDEN);
  });
});

describe("one batch with good and bad records in both directions", () => {
  it("E1: each bad one fails with its own type, all others sync", async () => {
    await addMapping(world, { hubspotProperty: "job_function", leadField: "ProductInterest__c", rule: "two_way" });
    await addMapping(world, { hubspotProperty: "hs_lead_status", contactField: "Department", rule: "two_way" });
    await refreshSchemas(world.connectionId);
    await dropCompanyDefault();
    await world.salesforceAct("addDuplicateRule", { object: "Lead", matchField: "Fax", ruleAction: "Block" });
    await addMapping(world, { hubspotProperty: "fax", leadField: "Fax", rule: "two_way" });
    const company = "Co";
    const fromHubSpot: Record<string, string> = {
      value_too_long: await makeContact(world, { email: newEmail("long"), lastname: "x".repeat(81), company }),
      picklist_value_not_found: await makeContact(world, {
        email: newEmail("pick"),
        lastname: "P",
        company,
        job_function: "GC9000",
      }),
      required_field_missing: await makeContact(world, { email: newEmail("req"), lastname: "R" }),
    };
    await makeContact(world, { email: newEmail("first"), lastname: "F", company, fax: "03-9999" });
    await world.sync();
    fromHubSpot.duplicate_rule = await makeContact(world, {
      email: newEmail("dup"),
      lastname: "D",
      company,
      fax: "03-9999",
    });
    const fromSalesforce: Record<string, string> = {
      picklist_value_not_found: await makeRecord(world, "Contact", {
        Email: newEmail("opt"),
        LastName: "O",
        Department: "Web",
      }),
      // Salesforce takes two dots in a row, HubSpot does not.
      invalid_email: await makeRecord(world, "Contact", { Email: `dots${++count}@example..com`, LastName: "E" }),
    };
    const good = await makeContact(world, { email: newEmail("fine"), lastname: "Good", company });
    const goodRecord = await makeRecord(world, "Contact", { Email: newEmail("fine"), LastName: "Good" });
    await world.sync();
    expect(await findRow(good)).toMatchObject({ state: "in_sync", hubspotId: good });
    expect(await findRow(goodRecord)).toMatchObject({ state: "in_sync", salesforceId: goodRecord });
    for (const [side, ids] of [
      ["salesforce", fromHubSpot],
      ["hubspot", fromSalesforce],
    ] as const) {
      for (const [type, id] of Object.entries(ids)) {
        const errors = (await readErrors(id)).map((e) => ({ type: e.type, side: e.side, open: e.closedAt === null }));
        expect({ id, errors }).toEqual({ id, errors: [{ type, side, open: true }] });
        expect(await findRow(id), type).toMatchObject({ state: "failing" });
      }
    }
    const [tooLong] = await readErrors(fromHubSpot.value_too_long ?? "");
    expect(tooLong?.fields).toEqual([{ field: "LastName", value: "x".repeat(81) }]);
    await getDatabase().fieldMapping.deleteMany({ where: { isDefault: false } });
    await world.salesforceAct("removeDuplicateRule", { object: "Lead" });
  });

  async function dropCompanyDefault(): Promise<void> {
    const connection = await readConnection(world.connectionId);
    const defaults = { Lead: { LastName: "(unknown)" }, Contact: { LastName: "(unknown)" } };
    await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, { defaults });
  }
});

describe("trouble that passes", () => {
  it("E3: a row lock fails one record, which heals by itself", async () => {
    const [locked, free] = [newEmail("locked"), newEmail("free")];
    const ids = [
      await makeContact(world, { email: locked, lastname: "L", company: "Co" }),
      await makeContact(world, { email: free, lastname: "F", company: "Co" }),
    ];
    await settle(world);
    const [row, other] = [await findRow(ids[0] ?? ""), await findRow(ids[1] ?? "")];
    await world.salesforceAct("lockRow", { id: row.salesforceId, forMs: 60_000 });
    for (const id of ids) await editContact(world, id, { jobtitle: "New" });
    await world.sync();
    expect(await readRecord(world, "Lead", other.salesforceId ?? "", ["Title"])).toEqual({ Title: "New" });
    expect(await readErrors(ids[0] ?? "")).toMatchObject([{ type: "row_locked", retry: "heals", closedAt: null }]);
    const failing = await findRow(ids[0] ?? "");
    expect(failing).toMatchObject({ state: "failing", attempts: 1 });
    expect(failing.nextAttemptAt.getTime() - Date.now()).toBeLessThanOrEqual(30_000);
    await world.salesforceAct("lockRow", { id: row.salesforceId, forMs: 0 });
    await endWaits();
    await settle(world);
    expect(await readRecord(world, "Lead", row.salesforceId ?? "", ["Title"])).toEqual({ Title: "New" });
    expect(await readErrors(ids[0] ?? "")).toMatchObject([{ closedAt: expect.any(Date) }]);
  });

  /** `lost`: the write was carried out although no answer says so. */
  const troubles: { name: string; effect: object; lost?: boolean }[] = [
    { name: "503", effect: { status: 503, body: { message: "Service unavailable" } } },
    { name: "429", effect: { status: 429, body: { policyName: "TEN_SECONDLY_ROLLING", message: "slow down" } } },
    { name: "an HTML page", effect: { html: true } },
    { name: "no answer, nothing done", effect: { drop: "before" } },
    { name: "half an answer, all done", effect: { halfBody: true }, lost: true },
    { name: "no answer, all done", effect: { drop: "after" }, lost: true },
  ];

  it.each(troubles)(
    "M6, F9, E3: $name to every write, creates and updates, both directions, heals to one record and right values",
    async ({ effect, lost }) => {
      const created = { contact: newEmail("made-h"), lead: newEmail("made-s") };
      const updated = { contact: newEmail("edit-h"), lead: newEmail("edit-s") };
      const contact = await makeContact(world, {
        email: updated.contact,
        lastname: "E",
        company: "Co",
        jobtitle: "Old H",
      });
      const lead = await makeRecord(world, "Lead", {
        Email: updated.lead,
        LastName: "E",
        Company: "Co",
        Title: "Old S",
      });
      await settle(world);
      // An edit in the second of our own write would be read once more first, and the third call would not be the write.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await makeContact(world, { email: created.contact, lastname: "C", company: "Co", jobtitle: "New" });
      await makeRecord(world, "Lead", { Email: created.lead, LastName: "C", Company: "Co", Title: "New" });
      await editContact(world, contact, { jobtitle: "New" });
      await editRecord(world, "Lead", lead, { Title: "New" });

      // Salesforce's writes share their address with its reads: the check is its first call, the search for partners the second.
      const isFirstWrite = { method: "POST", path: "/composite", nth: 3 };
      await setFaults(
        [{ match: { path: "/batch/(upsert|update|create)" }, do: effect }],
        [{ match: isFirstWrite, do: effect }],
      );
      await world.sync();
      expect(await findRow(contact)).toMatchObject({ state: "failing", attempts: 1 });
      expect(await findRow(lead)).toMatchObject({ state: "failing", attempts: 1 });
      expect((await readErrors(lead)).map((e) => e.retry)).toEqual(["heals"]);
      if (lost) expect(await countLeads(created.contact)).toBe(1);

      await setFaults([], []);
      await endWaits();
      await settle(world);
      for (const email of [...Object.values(created), ...Object.values(updated)]) {
        const contacts = await world.findContact(email);
        const leads = await world.soql(`SELECT Id, Title FROM Lead WHERE Email = '${email}'`);
        expect({ email, contacts: contacts.length, leads: leads.length }).toEqual({ email, contacts: 1, leads: 1 });
        expect(contacts[0]?.properties).toMatchObject({ jobtitle: "New", salesforceleadid: leads[0]?.Id });
        expect(leads[0]).toMatchObject({ Title: "New" });
        const row = await findRow(contacts[0]?.id ?? "");
        expect(row).toMatchObject({ state: "in_sync", salesforceId: leads[0]?.Id });
        expect((await readErrors(contacts[0]?.id ?? "")).filter((e) => e.closedAt === null)).toEqual([]);
      }
      for (const [id, before] of [
        [contact, "Old H"],
        [lead, "Old S"],
      ] as const) {
        const changes = (await readHistory((await findRow(id)).id)).flatMap((entry) => entry.changes);
        expect(changes).toContainEqual(expect.objectContaining({ before, after: "New" }));
      }
      await world.clearCalls();
      expect(await world.sync()).toMatchObject({ due: 0 });
      expect(await world.calls()).toEqual({ hubspot: 1, salesforce: 1 });
    },
  );

  it("F3, M6: an edit that was taken back while its answer was lost stays taken back, in both directions", async () => {
    const contact = await makeContact(world, {
      email: newEmail("back-h"),
      lastname: "B",
      company: "Co",
      jobtitle: "One",
    });
    const lead = await makeRecord(world, "Lead", {
      Email: newEmail("back-s"),
      LastName: "B",
      Company: "Co",
      Title: "One",
    });
    await settle(world);
    const [made, from] = [(await findRow(contact)).salesforceId ?? "", (await findRow(lead)).hubspotId ?? ""];
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await editContact(world, contact, { jobtitle: "Two" });
    await editRecord(world, "Lead", lead, { Title: "Two" });
    const lost = { drop: "after" };
    await setFaults(
      [{ match: { path: "/batch/update" }, do: lost }],
      [{ match: { method: "POST", path: "/composite", nth: 2 }, do: lost }],
    );
    await world.sync();
    await setFaults([], []);
    expect(await readRecord(world, "Lead", made, ["Title"])).toEqual({ Title: "Two" });
    expect(await readContact(world, from, ["jobtitle"])).toEqual({ jobtitle: "Two" });
    await editContact(world, contact, { jobtitle: "One" });
    await editRecord(world, "Lead", lead, { Title: "One" });
    await endWaits();
    await settle(world);
    for (const [one, other] of [
      [contact, made],
      [from, lead],
    ] as const) {
      expect(await readContact(world, one, ["jobtitle"])).toEqual({ jobtitle: "One" });
      expect(await readRecord(world, "Lead", other, ["Title"])).toEqual({ Title: "One" });
    }
  });

  it("F3, F8, M6: a value that was edited while the answer to a create was lost is newer than what that create brought over", async () => {
    const contact = await makeContact(world, {
      email: newEmail("new-h"),
      lastname: "B",
      company: "Co",
      jobtitle: "One",
    });
    await setFaults([], [{ match: { method: "POST", path: "/composite", nth: 3 }, do: { drop: "after" } }]);
    await world.sync();
    await setFaults([], []);
    const email = (await readContact(world, contact, ["email"])).email;
    const [lead] = await world.soql(`SELECT Id, Title FROM Lead WHERE Email = '${String(email)}'`);
    expect(lead).toMatchObject({ Title: "One" });
    await editContact(world, contact, { jobtitle: "Two" });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    // Salesforce keeps one time per record: this makes its older title look like the newest edit.
    await editRecord(world, "Lead", String(lead?.Id), { Description: "Later" });
    await endWaits();
    await settle(world);
    expect(await readContact(world, contact, ["jobtitle"])).toEqual({ jobtitle: "Two" });
    expect(await readRecord(world, "Lead", String(lead?.Id), ["Title"])).toEqual({ Title: "Two" });
  });

  it("I10: a check that cannot read fails as a run and loses nothing", async () => {
    const email = newEmail("unread");
    await makeContact(world, { email, lastname: "U", company: "Co" });
    await setFaults([{ match: { path: "/search" }, do: { status: 502, html: true } }], []);
    const { runId } = await world.sync();
    const run = await getDatabase().syncRun.findFirst({ where: { id: runId ?? "" } });
    expect(run).toMatchObject({ status: "failed", message: expect.stringContaining("hubspot") });
    await setFaults([], []);
    await world.sync();
    expect(await countLeads(email)).toBe(1);
  });
});

describe("a lost sign-in", () => {
  it("E5: pauses the whole connection, keeps the work, and goes on after Resume", async () => {
    const email = newEmail("paused");
    await makeContact(world, { email, lastname: "P", company: "Co" });
    await world.salesforceAct("expireSession", {});
    await world.sync();
    const paused = await readConnection(world.connectionId);
    expect(paused).toMatchObject({ status: "suspended", suspended: { reason: "sign_in_lost", side: "salesforce" } });
    expect(await resumeSync(world.connectionId)).toMatchObject({ kind: "refused" });
    const meanwhile = newEmail("meanwhile");
    await makeContact(world, { email: meanwhile, lastname: "M", company: "Co" });
    expect(await world.sync()).toMatchObject({ runId: null });

    await world.salesforceAct("restoreSession", {});
    expect(await resumeSync(world.connectionId)).toEqual({ kind: "resumed" });
    await settle(world);
    expect([await countLeads(email), await countLeads(meanwhile)]).toEqual([1, 1]);
  });

  it("E5: met in the middle of writing, the records stay due and are no errors of theirs", async () => {
    const id = await makeContact(world, { email: newEmail("middle"), lastname: "M", company: "Co", jobtitle: "Old" });
    await settle(world);
    const lead = (await findRow(id)).salesforceId ?? "";
    await editRecord(world, "Lead", lead, { Title: "New" });
    const refusal = { status: 401, body: { status: "error", category: "INVALID_AUTHENTICATION", message: "no" } };
    await setFaults([{ match: { path: "/batch/update" }, do: refusal }], []);
    await world.sync();
    expect(await readConnection(world.connectionId)).toMatchObject({ status: "suspended" });
    expect(await findRow(id)).toMatchObject({ state: "due" });
    expect(await readErrors(id)).toEqual([]);
    await setFaults([], []);
    await resumeSync(world.connectionId);
    await settle(world);
    expect(await readContact(world, id, ["jobtitle"])).toEqual({ jobtitle: "New" });
    expect(await findRow(id)).toMatchObject({ state: "in_sync" });
  });
});

describe("what stops the whole connection", () => {
  const forbidden = (errorCode: string, message: string) => ({ status: 403, body: [{ errorCode, message }] });
  const scopes = {
    status: "error",
    category: "MISSING_SCOPES",
    message: "This app hasn't been granted all required scopes to make this call.",
    errors: [
      {
        message: "One or more scopes are required.",
        context: { requiredGranularScopes: ["crm.objects.contacts.write"] },
      },
    ],
  };
  const reasons: { reason: string; side: "hubspot" | "salesforce"; fault: { match: object; do: object } }[] = [
    {
      reason: "api_disabled",
      side: "salesforce",
      fault: { match: {}, do: forbidden("API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization.") },
    },
    {
      reason: "api_disabled",
      side: "salesforce",
      fault: { match: {}, do: forbidden("API_CURRENTLY_DISABLED", "API is disabled for this User") },
    },
    {
      reason: "scope_missing",
      side: "hubspot",
      fault: { match: { path: "/batch/update" }, do: { status: 403, body: scopes } },
    },
  ];

  it.each(reasons)(
    "E5: $reason in $side: nothing is lost or counted against a record, nobody asks again, Resume goes on where it was cured",
    async ({ reason, side, fault }) => {
      const id = await makeContact(world, {
        email: newEmail("stopped"),
        lastname: "S",
        company: "Co",
        jobtitle: "Old",
      });
      await settle(world);
      const lead = (await findRow(id)).salesforceId ?? "";
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await editRecord(world, "Lead", lead, { Title: "New" });
      await setFaults(side === "hubspot" ? [fault] : [], side === "salesforce" ? [fault] : []);
      await world.sync();
      const { status, suspended } = (await readConnection(world.connectionId)) ?? {};
      expect({ status, suspended }).toMatchObject({ status: "suspended", suspended: { reason, side } });
      expect(suspended?.detail).not.toBe("");
      await world.clearCalls();
      expect(await world.sync()).toMatchObject({ runId: null });
      expect(await resumeHealed()).toEqual([]);
      expect(await world.calls()).toEqual({ hubspot: 0, salesforce: 0 });
      expect(await readErrors(id)).toEqual([]);
      if (side === "salesforce") expect(await resumeSync(world.connectionId)).toMatchObject({ kind: "refused" });

      await setFaults([], []);
      expect(await resumeSync(world.connectionId)).toEqual({ kind: "resumed" });
      await settle(world);
      expect(await readContact(world, id, ["jobtitle"])).toEqual({ jobtitle: "New" });
      expect(await findRow(id)).toMatchObject({ state: "in_sync" });
    },
  );
});

describe("what HubSpot refuses of Salesforce's values", () => {
  const made = async (fields: Record<string, string>) =>
    makeRecord(world, "Contact", { Email: newEmail("refused"), LastName: "Refused", ...fields });

  it("E1: each has its own type with property and value, and another one's record goes on", async () => {
    await addField(world, "Essay__c", { type: "LongTextArea", length: 131_072 });
    await addProperty(world, "essay", "string/textarea");
    await refreshSchemas(world.connectionId);
    await addMapping(world, { hubspotProperty: "essay", contactField: "Essay__c", rule: "two_way" });
    await refreshSchemas(world.connectionId);
    const essay = "word ".repeat(14_000);
    const long = await made({ Essay__c: essay });
    const good = await made({ Essay__c: "short" });
    await world.sync();
    expect(await readErrors(long)).toMatchObject([
      { type: "value_too_long", category: "property_values", side: "hubspot", fields: [{ field: "essay" }] },
    ]);
    const partner = await findRow(good);
    expect(partner.state).toBe("in_sync");
    expect(await readContact(world, partner.hubspotId ?? "", ["essay"])).toEqual({ essay: "short" });
  });
});
