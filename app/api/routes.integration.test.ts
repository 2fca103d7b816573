import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/access/api-keys";
import { isAllowed, type UserRole } from "@/lib/access/roles";
import { type AppWorld, CRON_SECRET, callRoute, signIn, startAppWorld } from "@/lib/access/testing/app-world";
import { problemSchema } from "@/lib/contracts/problem";
import type { buildOpenApi } from "@/lib/server/build-openapi";
import { getDatabase } from "@/lib/store/client";
import { ALL_ROUTES } from "./described/all-routes";
import type { RouteEntry } from "./described/describe-routes";
import { GET as readOpenApi } from "./openapi.json/route";
import { makeBadBodies, makeBadQueries, makeValid } from "./testing/make-inputs";

type Handler = Parameters<typeof callRoute>[0];
type Headers = Record<string, string>;

const ROLES: UserRole[] = ["read-only", "operator", "admin", "owner"];
const root = path.resolve(import.meta.dirname, "../..");
const METRICS_TOKEN = "test-metrics-token";
const NOBODY = "00000000-0000-4000-8000-000000000000";
/** What may change by being asked: when a key was used, when a session was, and that somebody tried. */
const TABLES = [
  "connection",
  "field_mapping",
  "sync_record",
  "user",
  "api_key",
  "invitation",
  "audit_entry",
  "outgoing_mail",
];

let world: AppWorld;
let person: Headers;
const keys = new Map<UserRole, Headers>();

beforeAll(async () => {
  process.env.METRICS_TOKEN = METRICS_TOKEN;
  world = await startAppWorld(3);
  person = await signIn();
  for (const role of ROLES) {
    const made = await createApiKey({ name: `test ${role}`, role }, { name: "test", role: "owner" });
    if (made.kind === "made") keys.set(role, { authorization: `Bearer ${made.secret}` });
  }
});
afterAll(() => world.stop());

const guarded = ALL_ROUTES.filter((route) => route.security === "role");
const title = (route: RouteEntry) => `${route.method} ${route.path}`;
const named = (routes: readonly RouteEntry[]) => routes.map((route) => [title(route), route] as const);

/** What may stand in an address: an id of ours, one of a CRM, a side. None of them is of anything that there is. */
const ADDRESSES = [NOBODY, "1", "hubspot"];

/** Brackets filled with what the route takes there, so that it is reached. */
function fillParams({ path: text, declared }: RouteEntry): { path: string; params: Record<string, string> } {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const tries = ADDRESSES.map((value) => Object.fromEntries(names.map((name) => [name, value])));
  const params = tries.find((one) => declared.params?.safeParse(one).success) ?? tries[0] ?? {};
  return { params, path: text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "") };
}

function call(route: RouteEntry, headers: Headers, more: { body?: unknown; query?: string } = {}): Promise<Response> {
  const { path: filled, params } = fillParams(route);
  const { body, query = "" } = more;
  const wish = { method: route.method, path: `${filled}${query && `?${query}`}`, params, headers };
  return callRoute(route.handler as Handler, body === undefined ? wish : { ...wish, body });
}

async function expectProblem(response: Response, what: string): Promise<void> {
  expect(response.headers.get("content-type"), what).toBe("application/problem+json");
  const problem = problemSchema.parse(await response.json());
  expect(problem.status, what).toBe(response.status);
  expect(response.headers.get("cache-control"), what).toBe("no-store");
}

/** A digest of everything that a refused request must leave as it was. */
async function readState(): Promise<string> {
  const parts = TABLES.map((table) => {
    const row = table === "api_key" ? "to_jsonb(t) - 'last_used_at'" : "to_jsonb(t)";
    return `(SELECT COALESCE(md5(string_agg((${row})::text, '' ORDER BY (${row})::text)), '') FROM "${table}" t)`;
  });
  const [found] = await getDatabase().$queryRawUnsafe<{ state: string }[]>(`SELECT ${parts.join(" || ")} AS state`);
  return found?.state ?? "";
}

describe("the list of routes", () => {
  const files = globSync("app/api/**/route.ts", { cwd: root });
  const toPath = (file: string) => `/${path.dirname(file)}`.replace("/app", "").replace(/\[(?:\.{3})?(\w+)\]/g, "{$1}");

  it("names every file under app/api, and none that is not there", () => {
    const paths = [...new Set(ALL_ROUTES.map((route) => route.path)), "/api/openapi.json"];
    expect(paths.sort()).toEqual(files.map(toPath).sort());
  });

  it.each(files)("has words for every method of %s", (file) => {
    const text = readFileSync(path.join(root, file), "utf8");
    const exported = [...text.matchAll(/^export (?:const|function|async function) ([A-Z]+)\b/gm)].map(
      ([, name]) => name,
    );
    const known = ALL_ROUTES.filter((route) => route.path === toPath(file)).map((route) => route.method);
    if (toPath(file) !== "/api/openapi.json") expect(known.sort()).toEqual(exported.sort());
  });

  it("lets nothing in without a role but what is meant to", () => {
    const open = ALL_ROUTES.filter((route) => route.security === "anyone").map(title);
    expect(open.sort()).toEqual([
      "GET /api/auth/{all}",
      "GET /api/health",
      "GET /api/oauth/{side}/callback",
      "GET /api/ready",
      "POST /api/auth/{all}",
      "POST /api/users/invitations/accept",
      "POST /api/users/invitations/open",
    ]);
    expect(guarded.every((route) => route.declared.allow !== null)).toBe(true);
  });
});

describe("what a role is needed for", () => {
  const needs = (allow: string) => guarded.filter((route) => route.declared.allow === allow).map(title);

  it("people, keys and the audit log need an administrator", () => {
    const meant = guarded.filter(({ path: at }) => /^\/api\/(users|api-keys|audit)(\/|$)/.test(at)).map(title);
    expect(needs("administer").sort()).toEqual(meant.sort());
  });

  it("whoever may only read changes nothing but their own settings", () => {
    const changes = needs("read").filter((name) => !name.startsWith("GET "));
    expect(changes.sort()).toEqual([
      "PATCH /api/me",
      "PATCH /api/notifications",
      "POST /api/mappings/check",
      "POST /api/notifications/test",
    ]);
  });
});

describe("GET /api/openapi.json", () => {
  it("describes every route with answers, refusals and who may", async () => {
    const document = (await (await readOpenApi()).json()) as ReturnType<typeof buildOpenApi> & {
      paths: Record<string, Record<string, { security: unknown[]; responses: Record<string, unknown> }>>;
    };
    expect(document).toMatchObject({ openapi: "3.1.0" });
    for (const { path: at, method, security } of ALL_ROUTES) {
      const operation = document.paths[at]?.[method.toLowerCase()];
      expect(operation, `${method} ${at}`).toBeDefined();
      if (security !== "role") continue;
      expect(operation?.security).toEqual([{ session: [] }, { apiKey: [] }]);
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(["401", "403"]));
    }
  });

  it("refers only to schemas that it holds", async () => {
    const text = await (await readOpenApi()).text();
    const schemas = (JSON.parse(text) as { components: { schemas: object } }).components.schemas;
    const referred = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(new Set(referred)).toEqual(new Set(Object.keys(schemas)));
    expect([...text.matchAll(/"\$ref":"(?!#\/components\/schemas\/)/g)]).toEqual([]);
  });

  it("gives every operation a name of its own", async () => {
    const ids = [...(await (await readOpenApi()).text()).matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(ALL_ROUTES.length);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("R5: who may ask what", () => {
  it.each(named(guarded))("%s refuses whoever is not signed in, or shows a key that is none", async (_, route) => {
    const strangers: Headers[] = [
      {},
      { authorization: "Bearer kk_made_up" },
      { authorization: `Bearer ${CRON_SECRET}` },
      { authorization: `Bearer ${METRICS_TOKEN}` },
      { cookie: "kakehashi.session_token=made.up", origin: person.origin ?? "" },
    ];
    for (const headers of strangers) {
      const response = await call(route, headers, route.method === "GET" ? {} : { body: {} });
      expect(response.status).toBe(401);
      await expectProblem(response, title(route));
    }
  });

  it.each(named(guarded.filter((route) => route.method !== "GET")))(
    "%s takes a cookie from our pages only",
    async (_, route) => {
      const before = await readState();
      for (const origin of ["https://evil.example", "null"]) {
        const response = await call(route, { cookie: person.cookie ?? "", origin }, { body: {} });
        expect(response.status).toBe(403);
        await expectProblem(response, title(route));
      }
      expect(await readState()).toBe(before);
    },
  );

  describe.each(ROLES)("as %s", (role) => {
    it.each(named(guarded))("%s, signed in and with a key", async (_, route) => {
      const allowed = isAllowed(role, route.declared.allow as never);
      await getDatabase().user.updateMany({ data: { role } });
      const before = await readState();
      // An empty body is refused only after the role was: 400 says that the role may.
      const body = route.declared.body ? {} : undefined;
      for (const headers of [person, keys.get(role) ?? {}]) {
        const response = await call(route, headers, { body });
        expect(response.status, await response.clone().text()).toBeLessThan(500);
        if (allowed) expect(response.status).not.toBe(401);
        // A key may be refused where a person is needed.
        if (allowed && headers === person) expect(response.status).not.toBe(403);
        if (!allowed) expect(response.status).toBe(403);
        if (!allowed || response.status >= 400) await expectProblem(response, title(route));
      }
      if (!allowed) expect(await readState()).toBe(before);
      await getDatabase().user.updateMany({ data: { role: "owner" } });
    });
  });

  it.each(named(ALL_ROUTES.filter(({ security }) => security === "cron" || security === "metrics")))(
    "%s opens to its own secret alone",
    async (_, route) => {
      for (const headers of [{}, person, ...keys.values(), { authorization: "Bearer wrong" }]) {
        expect((await call(route, headers)).status).toBe(401);
      }
      const secret = route.security === "cron" ? CRON_SECRET : METRICS_TOKEN;
      expect((await call(route, { authorization: `Bearer ${secret}` })).status).toBe(200);
    },
  );
});

describe("R5: what may be asked", () => {
  const withBody = ALL_ROUTES.filter(({ declared, security }) => declared.body && security !== "signature");
  it.each(named(withBody))("%s answers every malformed body with a problem and does nothing", async (_, route) => {
    const schema = route.declared.body;
    if (!schema) return;
    const headers = route.security === "role" ? (keys.get("owner") ?? {}) : {};
    const before = await readState();
    for (const { name, text } of makeBadBodies(schema)) {
      const fits = schema.safeParse(parse(text)).success;
      // What fits is no malformed body; it is tried elsewhere.
      if (fits) continue;
      const response = await call(route, headers, { body: text });
      expect([400, 413], `${name}: ${await response.clone().text()}`).toContain(response.status);
      await expectProblem(response, name);
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]) {
      const body = JSON.stringify(makeValid(schema));
      const response = await call(route, { ...headers, "content-type": type }, { body });
      expect(response.status, type).toBe(400);
    }
    expect(await readState()).toBe(before);
  });

  it.each(named(guarded.filter(({ declared }) => declared.query)))(
    "%s takes any query without failing",
    async (_, route) => {
      const schema = route.declared.query;
      if (!schema) return;
      for (const query of makeBadQueries(schema)) {
        const given = Object.fromEntries(new URLSearchParams(query));
        const response = await call(route, keys.get("owner") ?? {}, { query });
        expect(response.status, `${query.slice(0, 80)}: ${await response.clone().text()}`).toBeLessThan(500);
        if (!schema.safeParse(given).success) expect(response.status, query.slice(0, 80)).toBe(400);
        if (response.status >= 400) await expectProblem(response, query.slice(0, 80));
      }
    },
  );

  it.each(named(ALL_ROUTES.filter(({ path: at }) => at.includes("{") && !at.includes("{all}"))))(
    "%s takes any address without failing",
    async (_, route) => {
      for (const value of ["x", "", "\u0000", "%", "../..", "x".repeat(10_000), "💩", "'--", "__proto__"]) {
        const params = Object.fromEntries([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, value]));
        const body = route.declared.body ? (makeValid(route.declared.body) as object) : undefined;
        const wish = {
          method: route.method,
          params: params as Record<string, string>,
          headers: keys.get("owner") ?? {},
        };
        const response = await callRoute(route.handler as Handler, body ? { ...wish, body } : wish);
        expect(response.status, value.slice(0, 20)).toBeGreaterThanOrEqual(303);
        expect(response.status, value.slice(0, 20)).toBeLessThan(500);
      }
    },
  );
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
