import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/access/api-keys";
import {
  type AppWorld,
  CRON_SECRET,
  callRoute,
  connectSide,
  playDoor,
  signIn,
  startAppWorld,
} from "@/lib/access/testing/app-world";
import { conflictListSchema } from "@/lib/contracts/conflicts";
import { errorRecordsSchema, errorSummarySchema } from "@/lib/contracts/errors";
import { jobSchema } from "@/lib/contracts/jobs";
import { recordDetailSchema } from "@/lib/contracts/records";
import { clearBriefCache } from "@/lib/store/brief-cache";
import { getDatabase } from "@/lib/store/client";
import { GET as exportConflicts } from "./conflicts/export/route";
import { GET as listConflicts } from "./conflicts/route";
import { POST as prepare } from "./connection/prepare/route";
import { GET as cron } from "./cron/sync/route";
import { GET as exportErrors } from "./errors/export/route";
import { GET as listErrorRecords } from "./errors/records/route";
import { GET as readErrors } from "./errors/route";
import { GET as readJob } from "./jobs/[id]/route";
import { POST as startJob } from "./jobs/route";
import { GET as readRecord } from "./records/[id]/route";

const RULE = { object: "Lead", name: "No_Bad_Titles" };
const FORMULA = '=cmd("Bad"), and more';
type Json = Record<string, unknown>;

let world: AppWorld;
let admin: Record<string, string>;
let reader: Record<string, string>;
const ids: string[] = [];

beforeAll(async () => {
  world = await startAppWorld(0);
  admin = await signIn();
  await connectSide("hubspot", admin);
  await connectSide("salesforce", admin);
  await callRoute(prepare, { method: "POST", headers: admin, body: { createIdFields: true } });
  const made = await createApiKey({ name: "reader", role: "read-only" }, { name: "test", role: "owner" });
  if (made.kind === "made") reader = { authorization: `Bearer ${made.secret}` };
  await act("hubspot", "PUT", "/__sandbox/limits", { indexLagMs: 0, enforce: false });
  await act("salesforce", "POST", "/__sandbox/act", {
    action: "addValidationRule",
    ...RULE,
    errorCondition: 'CONTAINS(Title, "Bad")',
    errorMessage: "Bad is no title",
    errorField: "Title",
  });
  for (const name of ["Ann", "Ben", "Cai", "Dan"]) {
    const email = `${name.toLowerCase()}@health.example`;
    ids.push(await makeContact({ email, lastname: name, jobtitle: name === "Dan" ? "Good" : FORMULA }));
  }
  await makeContact({ lastname: "Without address" });
  await sync();
});
beforeEach(() => clearBriefCache());
afterAll(() => world.stop());

const act = (side: "hubspot" | "salesforce", method: string, path: string, body: Json) =>
  playDoor(world[side].url, method, path, body);
const sync = () =>
  callRoute(cron, { path: "/api/cron/sync?budgetMs=20000", headers: { authorization: `Bearer ${CRON_SECRET}` } });

async function makeContact(properties: Json): Promise<string> {
  const made = (await act("hubspot", "POST", "/__sandbox/act", { action: "createContact", properties })) as Json;
  return (made.result as { id: string }).id;
}
async function editContact(id: string, properties: Json): Promise<void> {
  await act("hubspot", "POST", "/__sandbox/act", { action: "updateContact", id, properties });
}
async function get(handler: Parameters<typeof callRoute>[0], path: string, headers = reader): Promise<Json> {
  const response = await callRoute(handler, { path, headers });
  expect(response.status, path).toBe(200);
  return (await response.json()) as Json;
}
const summary = async (query = "") => errorSummarySchema.parse(await get(readErrors, `/api/errors${query}`));
const records = async (query = "") =>
  errorRecordsSchema.parse(await get(listErrorRecords, `/api/errors/records${query}`));
const conflicts = async (query = "") => conflictListSchema.parse(await get(listConflicts, `/api/conflicts${query}`));
async function readCsv(handler: Parameters<typeof callRoute>[0], path: string): Promise<string> {
  const response = await callRoute(handler, { path, headers: reader });
  expect(response.headers.get("content-disposition")).toContain(".csv");
  // Response.text() would take the mark at the beginning away.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}

describe("E2: what fails, as data", () => {
  it("counts records by category, type, side and object, and tells who is left out and why", async () => {
    const { groups, excluded, states } = await summary();
    expect(groups).toEqual([
      expect.objectContaining({
        category: "custom_code",
        type: "validation_rule",
        side: "salesforce",
        object: "contact",
        records: 3,
      }),
    ]);
    expect(excluded).toEqual([{ object: "contact", reason: "no_email", records: 1 }]);
    expect(states).toEqual(
      expect.arrayContaining([
        { object: "contact", state: "failing", records: 3 },
        { object: "contact", state: "in_sync", records: 1 },
      ]),
    );
  });

  it("lists the records page by page, each once, with the same error object as its card", async () => {
    const first = await records("?type=validation_rule&object=contact&limit=2");
    const second = await records(
      `?type=validation_rule&object=contact&limit=2&cursor=${encodeURIComponent(first.nextCursor ?? "")}`,
    );
    const rows = [...first.rows, ...second.rows];
    expect(rows.map((row) => row.record.name).toSorted()).toEqual(["Ann", "Ben", "Cai"]);
    expect(second.nextCursor).toBeNull();
    const ann = rows.find((row) => row.record.name === "Ann");
    expect(ann?.error).toMatchObject({
      fields: [{ field: "Title", label: "Title", value: FORMULA, text: null }],
      remoteCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      remoteMessage: "Bad is no title",
    });
    expect(ann?.record.hubspotUrl).toContain(ids[0]);
    const response = await callRoute(readRecord, { params: { id: ann?.record.id ?? "" }, headers: reader });
    expect(recordDetailSchema.parse(await response.json()).errors).toContainEqual(ann?.error);
  });

  it("every filter narrows numbers and records alike", async () => {
    for (const [query, count] of [
      ["?search=ben%40health", 1],
      ["?search=nobody", 0],
      ["?side=hubspot", 0],
      ["?side=salesforce&category=custom_code", 3],
      ["?category=duplicates", 0],
      ["?object=deal", 0],
      ["?state=closed", 0],
      ["?type=unheard_of", 0],
    ] as const) {
      const { groups } = await summary(query);
      expect(
        groups.reduce((sum, group) => sum + group.records, 0),
        query,
      ).toBe(count);
      expect((await records(query)).rows, query).toHaveLength(count);
    }
    // What is left out is told by object, whatever error is asked for.
    expect((await summary("?object=deal")).excluded).toEqual([]);
  });

  it("the file holds the same rows; Excel reads it and runs no formula of it", async () => {
    const csv = await readCsv(exportErrors, "/api/errors/export?type=validation_rule&language=ja");
    expect(csv.startsWith("\uFEFFcategory,type,title,")).toBe(true);
    const lines = csv.trimEnd().split("\r\n");
    expect(lines).toHaveLength(4);
    expect(csv).toContain("入力規則によりレコードが拒否されました");
    expect(csv).toContain('"Title: =cmd(""Bad""), and more"');
    expect(csv).not.toMatch(/(^|,)"?=/m);
  });

  it("T17, E4: resync of all with this error takes those alone; what is cured closes, with its time", async () => {
    await editContact(ids[0] ?? "", { jobtitle: "Fine" });
    await editContact(ids[1] ?? "", { jobtitle: "Fine too" });
    const request = { kind: "resync", object: "contact", errorTypes: ["validation_rule"], errorSide: "salesforce" };
    const refused = await callRoute(startJob, { method: "POST", headers: reader, body: { request } });
    expect(refused.status).toBe(403);
    const started = await callRoute(startJob, { method: "POST", headers: admin, body: { request } });
    const job = jobSchema.parse(await started.json());
    await sync();
    const done = await callRoute(readJob, { params: { id: job.id }, headers: admin });
    expect(jobSchema.parse(await done.json())).toMatchObject({
      status: "done",
      progress: { named: 3, created: 2, failed: 1 },
    });
    const leads = await getDatabase().syncRecord.findMany({ where: { hubspotId: { in: ids.slice(0, 2) } } });
    expect(leads.every((lead) => lead.salesforceId !== null)).toBe(true);
    clearBriefCache();
    expect((await summary()).groups.map((group) => group.records)).toEqual([1]);
    expect((await records()).rows.map((row) => row.record.name)).toEqual(["Cai"]);
    expect((await summary("?state=closed")).groups.map((group) => group.records)).toEqual([2]);
    const closed = await records("?state=closed");
    expect(closed.rows.map((row) => row.record.name).toSorted()).toEqual(["Ann", "Ben"]);
    expect(closed.rows.every((row) => row.error.closedAt !== null)).toBe(true);
  });

  it("a resync that names another error takes nobody", async () => {
    const request = { kind: "resync", object: "contact", errorTypes: ["duplicate_rule"] };
    const started = await callRoute(startJob, { method: "POST", headers: admin, body: { request } });
    const job = jobSchema.parse(await started.json());
    await sync();
    const done = await callRoute(readJob, { params: { id: job.id }, headers: admin });
    expect(jobSchema.parse(await done.json()).progress.named).toBe(0);
  });
});

describe("X3: fields that were edited on both sides", () => {
  let salesforceId = "";

  beforeAll(async () => {
    const [row] = await getDatabase().syncRecord.findMany({ where: { hubspotId: ids[3] ?? "" } });
    salesforceId = row?.salesforceId ?? "";
    await editContact(ids[3] ?? "", { jobtitle: "=HubSpot", phone: "+81 3 1111 1111", lastname: "Danforth" });
    await act("salesforce", "POST", "/__sandbox/act", {
      action: "updateRecord",
      object: "Lead",
      id: salesforceId,
      fields: { Title: "Salesforce", Phone: "+81 3 2222 2222" },
    });
    await getDatabase().$executeRaw`UPDATE connection SET next_check_at = now() - interval '1 second'`;
    await sync();
  });

  it("are listed with both values, the winner and the rule; an edit on one side only is not among them", async () => {
    const { conflicts: found, fields } = await conflicts();
    expect(found.map((one) => one.change.salesforceField).toSorted()).toEqual(["Phone", "Title"]);
    expect(found.find((one) => one.change.salesforceField === "Title")).toMatchObject({
      record: { name: "Dan", object: "contact", salesforceType: "Lead" },
      change: {
        before: "=HubSpot",
        after: "Salesforce",
        side: "hubspot",
        winner: "salesforce",
        rule: "prefer_salesforce",
        hubspotLabel: expect.stringMatching(/job title/i),
      },
    });
    expect(fields.map((field) => field.name)).toEqual(["jobtitle", "phone"]);
  });

  it("are found by field of either side, by winner, object and time", async () => {
    const at = (await conflicts()).conflicts[0]?.at ?? "";
    for (const [query, count] of [
      ["?field=jobtitle", 1],
      ["?field=Title", 1],
      ["?field=Title&winner=salesforce", 1],
      ["?field=Title&winner=hubspot", 0],
      ["?winner=salesforce", 2],
      ["?object=contact", 2],
      ["?object=deal", 0],
      [`?from=${at}`, 2],
      [`?to=${at}`, 0],
      ["?field=lastname", 0],
    ] as const) {
      expect((await conflicts(query)).conflicts, query).toHaveLength(count);
    }
  });

  it("pages go on where the page before ended", async () => {
    await editContact(ids[3] ?? "", { phone: "+81 3 1111 1112" });
    await act("salesforce", "POST", "/__sandbox/act", {
      action: "updateRecord",
      object: "Lead",
      id: salesforceId,
      fields: { Phone: "+81 3 2222 2223" },
    });
    await getDatabase().$executeRaw`UPDATE connection SET next_check_at = now() - interval '1 second'`;
    await sync();
    const first = await conflicts("?limit=1");
    expect(first.conflicts.map((one) => one.change.after)).toEqual(["+81 3 2222 2223"]);
    const second = await conflicts(`?limit=1&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
    expect(second.conflicts).toHaveLength(2);
    expect([second.nextCursor, second.fields]).toEqual([null, []]);
  });

  it("the file has HubSpot's value left, Salesforce's right, and no formula", async () => {
    const csv = await readCsv(exportConflicts, "/api/conflicts/export?field=Title");
    const [head, line, end] = csv.split("\r\n");
    expect(head).toContain("hubspot_value,salesforce_value,winner");
    expect(line).toContain(",jobtitle,Title,'=HubSpot,Salesforce,salesforce,prefer_salesforce,");
    expect(end).toBe("");
  });
});
