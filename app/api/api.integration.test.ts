import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  API_KEY,
  APP_URL,
  type AppWorld,
  CRON_SECRET,
  callRoute,
  connectSide,
  signIn,
  startAppWorld,
} from "@/lib/access/testing/app-world";
import { clearBriefCache } from "@/lib/store/brief-cache";
import { getDatabase } from "@/lib/store/client";
import { GET as authGet, POST as authPost } from "./auth/[...all]/route";
import { POST as authorize } from "./connection/[side]/authorize/route";
import { DELETE as disconnect } from "./connection/[side]/route";
import { POST as prepare } from "./connection/prepare/route";
import { POST as resume } from "./connection/resume/route";
import { GET as readConnection } from "./connection/route";
import { PATCH as changeSettings } from "./connection/settings/route";
import { GET as cron } from "./cron/sync/route";
import { PATCH as changeMapping, DELETE as deleteMapping } from "./mappings/[id]/route";
import { POST as checkMapping } from "./mappings/check/route";
import { GET as listFields } from "./mappings/fields/route";
import { POST as createMapping, GET as listMappings } from "./mappings/route";
import { GET as listSuggestions } from "./mappings/suggestions/route";
import { PATCH as changeMe, GET as readMe } from "./me/route";
import { GET as readOverview } from "./overview/route";
import { GET as ready } from "./ready/route";
import { GET as readRecord } from "./records/[id]/route";
import { POST as syncRecord } from "./records/[id]/sync/route";
import { GET as readTimeline } from "./records/[id]/timeline/route";
import { GET as findRecord } from "./records/find/route";
import { GET as listRecords } from "./records/route";

type Body = Record<string, unknown>;
type Row = { id: string; hubspotId: string | null; salesforceId: string | null; name: string };

const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";
const key = { authorization: `Bearer ${API_KEY}` };
const cronKey = { authorization: `Bearer ${CRON_SECRET}` };

let world: AppWorld;
let admin: { cookie: string; origin: string };

beforeAll(async () => {
  world = await startAppWorld(12);
  admin = await signIn();
  await connectSide("hubspot", admin);
  await connectSide("salesforce", admin);
  const prepared = await callRoute(prepare, { method: "POST", headers: admin, body: { createIdFields: true } });
  expect(prepared.status).toBe(200);
});
afterAll(() => world.stop());

const bodyOf = async (response: Response) => (await response.json()) as Body;

describe("who may ask", () => {
  const GUARDED = { listRecords, listMappings, readConnection, readOverview, readMe, listFields, listSuggestions };

  it.each(Object.entries(GUARDED))("%s refuses whoever is not signed in", async (_name, handler) => {
    const strangers: Record<string, string>[] = [
      {},
      { cookie: "kakehashi.session_token=made.up" },
      { authorization: "Bearer wrong" },
    ];
    for (const headers of strangers) {
      const response = await callRoute(handler, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await bodyOf(response)).toMatchObject({ code: "not_signed_in", requestId: expect.any(String) });
    }
  });

  it("lets the holder of the API key in as an administrator", async () => {
    expect((await callRoute(readOverview, { headers: key })).status).toBe(200);
  });

  it.each(["operator", "read-only", "made-up"])("gives a %s only what the role allows", async (role) => {
    await getDatabase().user.updateMany({ data: { role } });
    const read = await callRoute(listRecords, { headers: admin });
    const sync = await callRoute(syncRecord, { method: "POST", params: { id: UNKNOWN_ID }, headers: admin });
    const changes = await Promise.all([
      callRoute(createMapping, { method: "POST", headers: admin, body: {} }),
      callRoute(changeSettings, { method: "PATCH", headers: admin, body: { version: 1 } }),
      callRoute(prepare, { method: "POST", headers: admin, body: { createIdFields: true } }),
      callRoute(authorize, { method: "POST", params: { side: "hubspot" }, headers: admin }),
      callRoute(disconnect, { method: "DELETE", params: { side: "hubspot" }, headers: admin }),
    ]);
    await getDatabase().user.updateMany({ data: { role: "owner" } });
    const known = role !== "made-up";
    expect(read.status).toBe(known ? 200 : 401);
    expect(sync.status).toBe(role === "operator" ? 404 : known ? 403 : 401);
    expect(changes.map((response) => response.status)).toEqual(changes.map(() => (known ? 403 : 401)));
  });

  it("carries the idle time of a busy session forward, and shows its token to no script", async () => {
    const other = await signIn();
    await getDatabase().session.updateMany({
      data: { expiresAt: new Date(Date.now() + 10 * 60_000), updatedAt: new Date(Date.now() - 20 * 60_000) },
    });
    const response = await callRoute(readMe, { headers: other });
    expect(response.headers.getSetCookie().join()).toMatch(/session_token=.*Max-Age=1800.*HttpOnly/);
    const token = decodeURIComponent(other.cookie.split("=")[1] ?? "").split(".")[0] ?? "";
    expect(await response.text()).not.toContain(token);
    const latest = await getDatabase().session.findFirst({ orderBy: { expiresAt: "desc" } });
    expect(latest?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * 60_000);
  });

  it("ends a session twelve hours after it began, however busy it was", async () => {
    const other = await signIn();
    await getDatabase().session.updateMany({ data: { createdAt: new Date(Date.now() - 12.1 * 3_600_000) } });
    expect((await callRoute(readMe, { headers: other })).status).toBe(401);
    admin = await signIn();
  });
});

describe("where a change may come from", () => {
  const change = (headers: Record<string, string>) =>
    callRoute(changeMe, { method: "PATCH", headers: { cookie: admin.cookie, ...headers }, body: { language: "ja" } });

  it.each([
    ["another site", { origin: "https://evil.example" }],
    ["a null origin", { origin: "null" }],
    ["nowhere", {}],
    ["another site by Sec-Fetch-Site", { origin: APP_URL, "sec-fetch-site": "cross-site" }],
    ["a sister site", { "sec-fetch-site": "same-site" }],
  ])("not from %s", async (_name, headers) => {
    const response = await change(headers as Record<string, string>);
    expect(response.status).toBe(403);
    expect(await bodyOf(response)).toMatchObject({ code: "wrong_origin" });
  });

  it("from our own pages", async () => {
    expect((await change({ origin: APP_URL, "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect(await bodyOf(await callRoute(readMe, { headers: admin }))).toMatchObject({ language: "ja", role: "owner" });
  });
});

describe("what may be asked", () => {
  it.each([
    ["broken JSON", "{", 400],
    ["another type", { version: "1" }, 400],
    ["no body", undefined, 400],
    ["an array", [], 400],
    ["U+0000", { version: 1, defaults: { Lead: { Company: "a\u0000b" } } }, 400],
    ["more than 1 MB", { version: 1, pad: "x".repeat(1_100_000) }, 413],
  ])("settings refuse %s", async (_name, body, status) => {
    const response = await callRoute(changeSettings, { method: "PATCH", headers: admin, body });
    expect(response.status).toBe(status);
  });

  it("names the fields at fault", async () => {
    const body = { version: 1, checkEveryMinutes: 0, leadToHubSpot: "maybe" };
    const response = await callRoute(changeSettings, { method: "PATCH", headers: admin, body });
    const { fields } = (await bodyOf(response)) as { fields: { path: string }[] };
    expect(fields.map((field) => field.path).sort()).toEqual(["checkEveryMinutes", "leadToHubSpot"]);
  });

  it("refuses what it does not know, and saves nothing of the rest", async () => {
    const read = async () => (await bodyOf(await callRoute(readConnection, { headers: key }))).settings;
    const before = (await read()) as { version: number };
    const body = { version: before.version, checkEveryMinutes: 7, brakeAtt: 5, activities: { call: true, cals: true } };
    const response = await callRoute(changeSettings, { method: "PATCH", headers: admin, body });
    expect(response.status).toBe(400);
    const { fields } = (await bodyOf(response)) as { fields: { path: string; message: string }[] };
    expect(fields.map(({ path, message }) => `${path}: ${message}`).toSorted()).toEqual([
      "activities.cals: unrecognized_keys",
      "brakeAtt: unrecognized_keys",
    ]);
    expect(await read()).toEqual(before);
  });

  it("refuses a form in place of JSON", async () => {
    const headers = { ...admin, "content-type": "text/plain" };
    const response = await callRoute(changeSettings, { method: "PATCH", headers, body: '{"version":1}' });
    expect(response.status).toBe(400);
  });

  it.each([UNKNOWN_ID, "not-a-uuid", "1", "'; DROP TABLE sync_record; --"])("answers 404 for the id %s", async (id) => {
    const post = { method: "POST", headers: admin };
    const answers = await Promise.all([
      callRoute(readRecord, { params: { id }, headers: admin }),
      callRoute(readTimeline, { params: { id }, headers: admin }),
      callRoute(syncRecord, { params: { id }, ...post }),
      callRoute(changeMapping, { method: "PATCH", params: { id }, headers: admin, body: { version: 1 } }),
      callRoute(deleteMapping, { method: "DELETE", path: "/x?version=1", params: { id }, headers: admin }),
      callRoute(disconnect, { method: "DELETE", params: { side: id }, headers: admin }),
    ]);
    expect(answers.map((response) => response.status)).toEqual(answers.map(() => 404));
  });

  it.each(["limit=0", "limit=9999", "limit=x", "state=lost"])("refuses the list query %s", async (query) => {
    expect((await callRoute(listRecords, { path: `/api/records?${query}`, headers: admin })).status).toBe(400);
  });

  it("starts at the beginning for a cursor that is none", async () => {
    const response = await callRoute(listRecords, { path: "/api/records?cursor=rubbish", headers: admin });
    expect(response.status).toBe(200);
  });

  it("opens nothing of the sign-in library but its listed doors", async () => {
    const signUp = { method: "POST", path: "/api/auth/sign-up/email", headers: { origin: APP_URL }, body: {} };
    expect((await callRoute(authPost, signUp)).status).toBe(404);
    expect((await callRoute(authGet, { path: "/api/auth/list-sessions", headers: admin })).status).toBe(404);
  });

  it("slows guessing of a password without locking the owner out for long", async () => {
    const credentials = { email: "guessed@example.com", password: "wrong wrong wrong" };
    const guess = { method: "POST", path: "/api/auth/sign-in/email", headers: { origin: APP_URL }, body: credentials };
    const statuses = [];
    for (let n = 0; n < 7; n++) statuses.push((await callRoute(authPost, guess)).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.slice(5)).toContain(429);
  });
});

describe("the cron route", () => {
  it.each([{}, { authorization: "Bearer no" }, { authorization: `Basic ${CRON_SECRET}` }, key])(
    "is closed to %o",
    async (headers) => {
      const response = await callRoute(cron, { headers: headers as Record<string, string> });
      expect(response.status).toBe(401);
      expect(await bodyOf(response)).toMatchObject({ code: "wrong_secret" });
    },
  );

  it("refuses a budget that is no number", async () => {
    expect((await callRoute(cron, { path: "/api/cron/sync?budgetMs=soon", headers: cronKey })).status).toBe(400);
  });

  it("checks and works until nothing is due", async () => {
    const response = await callRoute(cron, { path: "/api/cron/sync?budgetMs=60000", headers: cronKey });
    const result = await bodyOf(response);
    expect(response.status).toBe(200);
    expect(result).toMatchObject({ remaining: 0, calls: { hubspot: expect.any(Number) }, runId: expect.any(String) });
    expect(result.synced).toBeGreaterThan(0);
    clearBriefCache();
  });
});

describe("records", () => {
  const list = async (query: string) =>
    (await bodyOf(await callRoute(listRecords, { path: `/api/records?${query}`, headers: key }))) as {
      rows: Row[];
      nextCursor: string | null;
      matching: number;
      counts: Record<string, number>;
    };

  it("pages through all of them once, in order", async () => {
    const all = await list("limit=200");
    const seen: Row[] = [];
    let cursor = "";
    do {
      const page = await list(`limit=3&cursor=${cursor}`);
      seen.push(...page.rows);
      cursor = page.nextCursor ?? "";
    } while (cursor !== "");
    expect(seen.map((row) => row.id)).toEqual(all.rows.map((row) => row.id));
    expect(all.matching).toBe(all.rows.length);
    expect(Object.values(all.counts).reduce((a, b) => a + b)).toBe(all.rows.length);
  });

  it("finds by name, by part of an address, by the first letters, and by nothing that is special to SQL", async () => {
    const pair = (await list("limit=200")).rows.find((row) => row.hubspotId && row.salesforceId && row.name !== "");
    const word = pair?.name.split(" ")[0] ?? "";
    for (const search of [word, word.toUpperCase(), word.slice(0, 2), pair?.hubspotId ?? ""]) {
      const found = await list(`search=${encodeURIComponent(search)}`);
      expect(found.rows.map((row) => row.id)).toContain(pair?.id);
      expect(found.matching).toBe(found.rows.length);
    }
    expect((await list("search=%25%25%25")).rows).toEqual([]);
    expect((await list("search=___")).rows).toEqual([]);
  });

  it("finds one by HubSpot id, by Salesforce id of 15 or 18 characters, and by address; with its card", async () => {
    const pair = (await list("limit=200")).rows.find((row) => row.hubspotId && row.salesforceId) as Row & {
      email: string;
    };
    const salesforceId = pair.salesforceId ?? "";
    const wishes = [
      `hubspotId=${pair.hubspotId}`,
      `salesforceId=${salesforceId}`,
      `salesforceId=${salesforceId.slice(0, 15)}`,
    ];
    for (const wish of [...wishes, `email=${encodeURIComponent(pair.email.toUpperCase())}`]) {
      const record = await bodyOf(await callRoute(findRecord, { path: `/api/records/find?${wish}`, headers: key }));
      expect(record).toMatchObject({ id: pair.id, gates: expect.any(Array), fields: expect.any(Array) });
      expect(record.salesforceUrl).toContain(salesforceId);
    }
    expect((await callRoute(findRecord, { path: "/api/records/find?hubspotId=0", headers: key })).status).toBe(404);
    expect((await callRoute(findRecord, { path: "/api/records/find", headers: key })).status).toBe(400);
    const timeline = await bodyOf(await callRoute(readTimeline, { params: { id: pair.id }, headers: key }));
    expect(timeline).toMatchObject({ entries: [expect.objectContaining({ outcome: expect.any(String) })] });
  });

  it("syncs one by hand and answers with the result", async () => {
    const pair = (await list("limit=200&state=in_sync")).rows[0];
    const sync = () => callRoute(syncRecord, { method: "POST", params: { id: pair?.id ?? "" }, headers: admin });
    // What Salesforce filled in by itself at the create (the owner) travels back with the first one.
    expect(await bodyOf(await sync())).toMatchObject({ state: "in_sync" });
    const response = await sync();
    expect(await bodyOf(response)).toMatchObject({ state: "in_sync", outcome: "unchanged", changes: 0 });
  });
});

describe("field mappings", () => {
  const read = async () =>
    (
      (await bodyOf(await callRoute(listMappings, { headers: key }))) as {
        mappings: (Body & { id: string; version: number })[];
      }
    ).mappings;
  const input = { hubspotProperty: "fax", leadField: "Fax", contactField: "Fax", rule: "two_way", valueMap: {} };

  it("are made, changed by the one who saw the last version, and deleted", async () => {
    const made = await callRoute(createMapping, { method: "POST", headers: admin, body: input });
    const mapping = (await bodyOf(made)) as { id: string; version: number };
    expect(made.status).toBe(201);
    const change = (version: number, rule: string) =>
      callRoute(changeMapping, {
        method: "PATCH",
        params: { id: mapping.id },
        headers: admin,
        body: { version, rule },
      });
    const both = await Promise.all([change(1, "dont_sync"), change(1, "always_salesforce")]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    expect(await bodyOf(await change(1, "two_way"))).toMatchObject({ code: "changed_meanwhile" });
    const remove = (version: number) =>
      callRoute(deleteMapping, {
        method: "DELETE",
        path: `/x?version=${version}`,
        params: { id: mapping.id },
        headers: admin,
      });
    expect((await remove(1)).status).toBe(409);
    expect((await remove(2)).status).toBe(204);
  });

  it("map a property and a field once", async () => {
    const twice = [
      { ...input, hubspotProperty: "email", leadField: null },
      { ...input, leadField: "Email" },
      { ...input, contactField: "LastName" },
    ];
    for (const body of twice) {
      const response = await callRoute(createMapping, { method: "POST", headers: admin, body });
      expect(response.status).toBe(409);
      expect(await bodyOf(response)).toMatchObject({
        code: "already_mapped",
        detail: expect.stringMatching(/email|Email|LastName/),
      });
    }
  });

  it("refuse what does not fit, and say it before saving", async () => {
    const body = { ...input, hubspotProperty: "hs_email_optout", leadField: "Fax", contactField: null };
    const check = await bodyOf(await callRoute(checkMapping, { method: "POST", headers: admin, body }));
    expect(check.findings).toContainEqual({ severity: "error", issue: "types_do_not_match", on: "Lead" });
    const response = await callRoute(createMapping, { method: "POST", headers: admin, body });
    expect(await bodyOf(response)).toMatchObject({ status: 422, code: "types_do_not_match" });
  });

  it("keep the defaults, which can only be switched off", async () => {
    const email = (await read()).find((mapping) => mapping.hubspotProperty === "email");
    const path = `/x?version=${email?.version}`;
    const params = { id: email?.id ?? "" };
    const removed = await callRoute(deleteMapping, { method: "DELETE", path, params, headers: admin });
    expect(await bodyOf(removed)).toMatchObject({ code: "default_mapping_stays" });
    const body = { version: email?.version, rule: "dont_sync" };
    const off = await callRoute(changeMapping, { method: "PATCH", params, headers: admin, body });
    expect(await bodyOf(off)).toMatchObject({ rule: "dont_sync", version: (email?.version ?? 0) + 1 });
  });

  it("are suggested by known pair, name and label, each end once and only where free", async () => {
    const { suggestions } = (await bodyOf(await callRoute(listSuggestions, { headers: key }))) as {
      suggestions: { hubspotProperty: string; leadField: string | null }[];
    };
    const mapped = (await read()).map((mapping) => mapping.hubspotProperty);
    expect(suggestions.map((s) => s.hubspotProperty)).toContain("fax");
    expect(suggestions.filter((s) => mapped.includes(s.hubspotProperty))).toEqual([]);
  });
});

describe("the connection", () => {
  it("saves settings for the one who saw the last version", async () => {
    const version = (
      (await bodyOf(await callRoute(readConnection, { headers: key }))) as { settings: { version: number } }
    ).settings.version;
    const save = () =>
      callRoute(changeSettings, {
        method: "PATCH",
        headers: admin,
        body: { version, defaults: { Lead: { LastName: "-" } } },
      });
    const saved = await bodyOf(await save());
    expect(saved).toMatchObject({
      settings: { defaults: { Lead: { LastName: "-" }, Contact: { LastName: "(unknown)" } } },
    });
    expect(await bodyOf(await save())).toMatchObject({ code: "changed_meanwhile", status: 409 });
  });

  it("resumes only when both sides answer", async () => {
    const response = await callRoute(resume, { method: "POST", headers: admin });
    expect(await bodyOf(response)).toMatchObject({ status: "active" });
    await fetch(`${world.salesforce.url}/__sandbox/faults`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ match: { path: "/services/oauth2/userinfo" }, do: { status: 503, body: "<html>" } }]),
    });
    const refused = await callRoute(resume, { method: "POST", headers: admin });
    expect(await bodyOf(refused)).toMatchObject({ code: "crm_unavailable" });
  });

  it("shows the last day on the overview", async () => {
    const overview = (await bodyOf(await callRoute(readOverview, { headers: key }))) as {
      hours: unknown[];
      runs: unknown[];
    };
    expect(overview.hours).toHaveLength(24);
    expect(overview.runs.length).toBeGreaterThan(0);
  });

  it("is ready, and says so", async () => {
    expect(await bodyOf(await ready())).toEqual({ status: "ready" });
  });
});
