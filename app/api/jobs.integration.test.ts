import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
import { jobListSchema, jobSchema, previewSchema } from "@/lib/contracts/jobs";
import { getDatabase } from "@/lib/store/client";
import { POST as prepare } from "./connection/prepare/route";
import { GET as readConnection } from "./connection/route";
import { PATCH as changeSettings } from "./connection/settings/route";
import { GET as cron } from "./cron/sync/route";
import { POST as cancel } from "./jobs/[id]/cancel/route";
import { GET as readJob } from "./jobs/[id]/route";
import { GET as listJobs, POST as startJob } from "./jobs/route";
import { GET as readPreview } from "./previews/[id]/route";
import { POST as startPreview } from "./previews/route";
import { POST as syncRecords } from "./records/sync/route";

const cronKey = { authorization: `Bearer ${CRON_SECRET}` };
const IMPORT = { kind: "import_hubspot", object: "contact" };

let world: AppWorld;
let admin: Record<string, string>;
let operator: Record<string, string>;

beforeAll(async () => {
  world = await startAppWorld(12);
  admin = await signIn();
  await connectSide("hubspot", admin);
  await connectSide("salesforce", admin);
  await callRoute(prepare, { method: "POST", headers: admin, body: { createIdFields: true } });
  const made = await createApiKey({ name: "ops", role: "operator" }, { name: "test", role: "owner" });
  if (made.kind === "made") operator = { authorization: `Bearer ${made.secret}` };
});
afterAll(() => world.stop());

const start = (body: unknown, headers = admin) => callRoute(startJob, { method: "POST", headers, body });
const preview = (request: unknown, headers = admin) =>
  callRoute(startPreview, { method: "POST", headers, body: { request } });
const runCron = (budgetMs = 20_000) =>
  callRoute(cron, { path: `/api/cron/sync?budgetMs=${budgetMs}`, headers: cronKey });
const read = async (id: string) =>
  jobSchema.parse(await (await callRoute(readJob, { params: { id }, headers: admin })).json());
const readPlan = async (id: string, query = "") =>
  previewSchema.parse(
    await (await callRoute(readPreview, { path: `/api/previews/x${query}`, params: { id }, headers: admin })).json(),
  );

describe("U4, T17: jobs over the API", () => {
  it("an import is queued, carried on by the cron route, and its progress adds up", async () => {
    const response = await start({ request: { ...IMPORT, createdFrom: "2001-02-03" } }, operator);
    expect(response.status).toBe(202);
    const queued = jobSchema.parse(await response.json());
    expect(queued).toMatchObject({
      status: "queued",
      kind: "import_hubspot",
      request: { createdFrom: "2001-02-03T00:00:00.000Z", createdTo: null, modifiedFrom: null },
      progress: { total: null, done: 0, secondsLeft: null },
    });
    const again = await start({ request: { ...IMPORT, createdFrom: "2001-02-03" } });
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, "already_running"]);
    await runCron();
    const done = await read(queued.id);
    expect(done).toMatchObject({ status: "done", by: expect.stringContaining("ops"), problem: null });
    const { progress: p } = done;
    expect(p.total).toBeGreaterThan(5);
    expect(p.created + p.updated + p.unchanged + p.failed + p.excluded).toBe(p.done);
    expect([p.done, p.named, p.open]).toEqual([p.total, p.total, 0]);
    const list = jobListSchema.parse(await (await callRoute(listJobs, { headers: admin })).json());
    expect(list.jobs[0]?.id).toBe(queued.id);
  });

  it.each([
    ["a date that does not exist", { createdFrom: "2026-02-31" }],
    ["words", { createdFrom: "last week" }],
    ["a number", { modifiedFrom: 20260101 }],
    ["a year that Salesforce does not know", { createdTo: "9999-12-31T00:00:00Z" }],
    ["an end before the beginning", { createdFrom: "2026-05-01", createdTo: "2026-04-01" }],
    ["SOQL", { createdFrom: "2026-01-01T00:00:00Z OR Id != null" }],
  ])("refuses %s as a date, naming the field, and starts nothing", async (_, dates) => {
    const before = await getDatabase().job.count();
    const response = await start({ request: { ...IMPORT, ...dates } });
    expect(response.status).toBe(400);
    const problem = (await response.json()) as { code: string; fields: { path: string }[] };
    expect(problem.code).toBe("invalid_input");
    expect(problem.fields[0]?.path).toMatch(/^request/);
    expect(await getDatabase().job.count()).toBe(before);
  });

  it("a job is cancelled before anybody began with it, once; one that has ended stays as it ended", async () => {
    const { id } = jobSchema.parse(await (await start({ request: { ...IMPORT, modifiedFrom: "2001-01-01" } })).json());
    const wish = { method: "POST", params: { id }, headers: operator };
    expect(await (await callRoute(cancel, wish)).json()).toMatchObject({ status: "cancelled" });
    const first = await read(id);
    await runCron();
    await callRoute(cancel, wish);
    expect(await read(id)).toEqual(first);
  });

  it("several records are synced at once; unknown ones are not found", async () => {
    const rows = await getDatabase().syncRecord.findMany({ where: { object: "contact" }, take: 3 });
    const ids = rows.map((row) => row.id);
    const response = await callRoute(syncRecords, { method: "POST", headers: operator, body: { ids } });
    expect(response.status).toBe(202);
    const { jobs } = (await response.json()) as { jobs: { id: string }[] };
    await runCron();
    expect((await read(jobs[0]?.id ?? "")).progress).toMatchObject({ total: 3, done: 3 });
    const unknown = { ids: ["00000000-0000-4000-8000-000000000000"] };
    const none = await callRoute(syncRecords, { method: "POST", headers: operator, body: unknown });
    expect(none.status).toBe(404);
  });
});

describe("X1, T19: previews over the API", () => {
  it("asked for twice while it counts, a preview is one: both see the same", async () => {
    const asked = { ...IMPORT, modifiedFrom: "2001-07-07" };
    const first = previewSchema.parse(await (await preview(asked)).json());
    const again = previewSchema.parse(await (await preview(asked, operator)).json());
    expect(again.id).toBe(first.id);
    await runCron();
    expect((await readPlan(again.id)).status).toBe("done");
  });

  it("what is previewed is what is then done; page by page, by reason, and downloadable in pages", async () => {
    const properties = { email: "planned@example.com", lastname: "Planned" };
    await playDoor(world.hubspot.url, "POST", "/__sandbox/act", { action: "createContact", properties });
    const made = previewSchema.parse(await (await preview(IMPORT, operator)).json());
    expect(made.status).toBe("queued");
    await callRoute(cron, { path: "/api/cron/sync?budgetMs=20000", headers: cronKey });
    const plan = await readPlan(made.id, "?limit=1");
    expect(plan.status).toBe("done");
    const everything =
      Object.values(plan.actions).reduce((sum, n) => sum + n, 0) +
      plan.unchanged +
      Object.values(plan.excluded).reduce((sum, n) => sum + n, 0);
    expect(everything).toBe(plan.progress.done);
    expect(plan.progress.done).toBe(plan.progress.total);
    const started = await start({ previewId: made.id }, operator);
    expect(started.status).toBe(202);
    const job = jobSchema.parse(await started.json());
    expect(job).toMatchObject({ kind: "import_hubspot", previewId: made.id });
    await runCron();
    expect((await read(job.id)).status).toBe("done");
    expect((await callRoute(readJob, { params: { id: made.id }, headers: admin })).status).toBe(404);
  });

  it("an operator may not backfill, neither at once nor by a preview; changed settings make a preview old", async () => {
    const backfill = { kind: "backfill", object: "contact" };
    expect((await start({ request: backfill }, operator)).status).toBe(403);
    expect((await preview(backfill, operator)).status).toBe(403);
    const made = previewSchema.parse(await (await preview(backfill)).json());
    expect((await start({ previewId: made.id })).status).toBe(404);
    await runCron();
    expect((await start({ previewId: made.id }, operator)).status).toBe(403);
    const connection = (await (await callRoute(readConnection, { headers: admin })).json()) as {
      settings: { version: number };
    };
    const changed = await callRoute(changeSettings, {
      method: "PATCH",
      headers: admin,
      body: { version: connection.settings.version, checkEveryMinutes: 30 },
    });
    expect(changed.status).toBe(200);
    const old = await start({ previewId: made.id });
    expect([old.status, ((await old.json()) as { code: string }).code]).toEqual([409, "changed_meanwhile"]);
    const next = previewSchema.parse(await (await preview(backfill)).json());
    await runCron();
    const more = { version: { increment: 1 } };
    await getDatabase().fieldMapping.updateMany({ where: { hubspotProperty: "city" }, data: more });
    expect((await start({ previewId: next.id })).status).toBe(409);
  });
});
