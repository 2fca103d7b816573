import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AppWorld,
  CRON_SECRET,
  callRoute,
  connectSide,
  playDoor,
  signIn,
  startAppWorld,
} from "@/lib/access/testing/app-world";
import { jobSchema, previewSchema } from "@/lib/contracts/jobs";
import { listEffectSchema, listStatesSchema } from "@/lib/contracts/lists";
import { recordListSchema } from "@/lib/contracts/records";
import { runDetailSchema, runListSchema } from "@/lib/contracts/runs";
import { getDatabase } from "@/lib/store/client";
import { POST as prepare } from "./connection/prepare/route";
import { GET as cron } from "./cron/sync/route";
import { POST as startJob } from "./jobs/route";
import { GET as readEffect } from "./lists/[id]/effect/route";
import { GET as readStates } from "./lists/[id]/states/route";
import { GET as readPreview } from "./previews/[id]/route";
import { POST as startPreview } from "./previews/route";
import { GET as readRecords } from "./records/route";
import { GET as readRun } from "./runs/[id]/route";
import { GET as listRuns } from "./runs/route";

let world: AppWorld;
let admin: Record<string, string>;

beforeAll(async () => {
  world = await startAppWorld(6);
  admin = await signIn();
  await connectSide("hubspot", admin);
  await connectSide("salesforce", admin);
  await callRoute(prepare, { method: "POST", headers: admin, body: { createIdFields: true, turnOn: true } });
  for (let checks = 0; checks < 3; checks += 1) await check();
});
afterAll(() => world.stop());

const check = () => callRoute(cron, { path: "/api/cron/sync", headers: { authorization: `Bearer ${CRON_SECRET}` } });
const act = async (fields: Record<string, unknown>) =>
  ((await playDoor(world.hubspot.url, "POST", "/__sandbox/act", fields)) as { result: Record<string, string> }).result;
const ask = (query: string) => callRoute(listRuns, { path: `/api/runs${query}`, headers: admin });
const runs = async (query = "") => runListSchema.parse(await (await ask(query)).json());
const detail = async (id: string, query = "") =>
  runDetailSchema.parse(
    await (await callRoute(readRun, { path: `/api/runs/x${query}`, params: { id }, headers: admin })).json(),
  );

describe("runs over the API", () => {
  it("pages of any size hold every run once, newest first; filters narrow them", async () => {
    const all = await runs();
    expect(all.runs.length).toBeGreaterThanOrEqual(3);
    const paged: string[] = [];
    let before: string | null = "";
    while (before !== null) {
      const page = await runs(`?limit=2${before === "" ? "" : `&before=${encodeURIComponent(before)}`}`);
      paged.push(...page.runs.map((run) => run.id));
      before = page.next;
    }
    expect(paged).toEqual(all.runs.map((run) => run.id));
    const starts = all.runs.map((run) => run.startedAt);
    expect(starts).toEqual(starts.toSorted().reverse());
    expect((await runs("?kind=check")).runs.every((run) => run.kind === "check")).toBe(true);
    expect((await runs("?status=failed")).runs).toEqual([]);
  });

  it("an unreadable place is the beginning; a kind that there is not is refused by name", async () => {
    expect((await runs("?before=yesterday_x")).runs).toEqual((await runs()).runs);
    const refused = await ask("?kind=everything");
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { fields: { path: string }[] }).fields[0]?.path).toBe("kind");
  });

  it("F9: a run names every record that it wrote, with the labels of its fields, page by page", async () => {
    const [first] = (await runs()).runs.filter((run) => run.synced > 1);
    const whole = await detail(first?.id ?? "", "?limit=100");
    const written = await getDatabase().journalEntry.count({
      where: { runId: whole.run.id, outcome: { not: "unchanged" } },
    });
    expect(whole.entries).toHaveLength(written);
    expect(new Set(whole.entries.map((entry) => entry.id)).size).toBe(written);
    const changed = whole.entries.find((entry) =>
      entry.changes.some((change) => change.salesforceField === "LastName"),
    );
    expect(changed?.record.name).not.toBe("");
    expect(changed?.changes.find((change) => change.salesforceField === "LastName")).toMatchObject({
      hubspotProperty: "lastname",
      hubspotLabel: "Last Name",
      salesforceLabel: "Last Name",
    });
    const page = await detail(whole.run.id, "?limit=1");
    const rest = await detail(whole.run.id, `?limit=100&before=${encodeURIComponent(page.next ?? "")}`);
    expect([...page.entries, ...rest.entries]).toEqual(whole.entries);
  });

  it("a run that there is not is not found", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    expect((await callRoute(readRun, { params: { id }, headers: admin })).status).toBe(404);
  });
});

describe("G2: how the members of a list stand", () => {
  it("every member is counted once, whom we never saw included", async () => {
    const { listId = "" } = await act({ action: "createList", name: "By hand" });
    const known = await getDatabase().syncRecord.findMany({
      where: { object: "contact", hubspotId: { not: null }, state: "in_sync" },
      take: 2,
    });
    for (const { hubspotId } of known) await act({ action: "addToList", listName: "By hand", recordId: hubspotId });
    await act({ action: "createContact", properties: { email: "unseen@example.com" } });
    await act({ action: "addToList", listName: "By hand", email: "unseen@example.com" });
    const answer = await callRoute(readStates, { params: { id: listId }, headers: admin });
    expect(listStatesSchema.parse(await answer.json())).toMatchObject({
      listId,
      counted: 3,
      isComplete: true,
      states: { in_sync: 2, due: 0, failing: 0, excluded: 0, unknown: 1 },
    });
    const other = await callRoute(readStates, { path: "/x?object=deal", params: { id: listId }, headers: admin });
    expect(other.status).toBe(404);
  });

  it("the records of a list are listed, counted and narrowed further; a list of another object is none", async () => {
    const { listId = "" } = await act({ action: "createList", name: "Fair guests" });
    const known = await getDatabase().syncRecord.findMany({
      where: { object: "contact", hubspotId: { not: null }, state: "in_sync" },
      take: 2,
    });
    for (const { hubspotId } of known) await act({ action: "addToList", listName: "Fair guests", recordId: hubspotId });
    const ask = async (query: string) => {
      const answer = await callRoute(readRecords, { path: `/x?${query}`, headers: admin });
      return { status: answer.status, body: await answer.json() };
    };
    const all = recordListSchema.parse((await ask(`list=${listId}`)).body);
    expect(all).toMatchObject({
      matching: 2,
      counts: { in_sync: 2, failing: 0 },
      list: { name: "Fair guests", isComplete: true },
    });
    expect(all.rows).toHaveLength(2);
    expect(all.rows[0]?.hubspotUrl).toContain(all.rows[0]?.hubspotId);
    const found = recordListSchema.parse((await ask(`list=${listId}&search=${all.rows[1]?.hubspotId}`)).body);
    expect(found.rows.map((row) => row.id)).toEqual([all.rows[1]?.id]);
    expect(recordListSchema.parse((await ask(`list=${listId}&state=failing`)).body).rows).toEqual([]);
    expect((await ask(`list=${listId}&object=deal`)).status).toBe(404);
    expect((await ask("list=987654321")).status).toBe(404);
    expect((await ask("list=x")).status).toBe(400);
  });

  it("U4: a list's job goes by the list's name, from its preview on", async () => {
    const { listId = "" } = await act({ action: "createList", name: "Spring fair" });
    await act({ action: "createContact", properties: { email: "fair@example.com" } });
    await act({ action: "addToList", listName: "Spring fair", email: "fair@example.com" });
    const request = { kind: "list_sync", listId };
    const asked = await callRoute(startPreview, { method: "POST", headers: admin, body: { request } });
    const { id } = previewSchema.parse(await asked.json());
    await check();
    const preview = previewSchema.parse(
      await (await callRoute(readPreview, { params: { id }, headers: admin })).json(),
    );
    expect(preview).toMatchObject({ status: "done", label: "Spring fair" });
    const started = await callRoute(startJob, { method: "POST", headers: admin, body: { previewId: id } });
    expect(jobSchema.parse(await started.json()).label).toBe("Spring fair");
  });

  it("without a list nobody is kept out, and records that only the list keeps out would sync again", async () => {
    const effect = async () => {
      const answer = await callRoute(readEffect, { params: { id: "none" }, headers: admin });
      return listEffectSchema.parse(await answer.json());
    };
    expect(await effect()).toMatchObject({ wouldSync: { count: 0 }, wouldStop: { count: 0 } });
    const [one] = await getDatabase().syncRecord.findMany({ where: { object: "contact", state: "in_sync" }, take: 1 });
    const place = { connectionId_id: { connectionId: one?.connectionId ?? "", id: one?.id ?? "" } };
    const excluded = { state: "excluded", exclusionReason: "not_in_inclusion_list" };
    await getDatabase().syncRecord.update({ where: place, data: excluded });
    expect(await effect()).toMatchObject({ wouldSync: { count: 1, samples: [{ recordId: one?.id }] } });
  });
});
