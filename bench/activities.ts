import { ACTIVITY_TOGGLES } from "@/lib/decide/activity-toggles";
import { SALESFORCE_ACTIVITY_TOGGLES } from "@/lib/decide/connection-settings";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { atMost, type Bench, type BenchOptions, type BenchResult, type Measure, noted, printTable } from "./report";
import { startDatabaseServer } from "./world/database";
import { closeEngine, openEngine, querySql, type SyncEnd, syncAll } from "./world/engine";
import { makeHubSpotContacts } from "./world/fill";
import { type CallCounts, type Sandboxes, SIDES, startSandboxes, sumCalls } from "./world/sandboxes";

const RECORDS = 1_000;
const HUBSPOT_BATCH = 100;
const SALESFORCE_BATCH = 200;
/** Longer than the engine looks back behind its cursors (60 s HubSpot, 300 s Salesforce). */
const BEYOND_OVERLAP_MS = 600_000;
const BEYOND_LAG_MS = 5_000;

const NOTES = `  Counted by the sandboxes, the question "what changed" included: every toggle is on, so each check searches six objects of
  HubSpot and asks Salesforce for leads, contacts, tasks and events. Each new activity of HubSpot also makes its contact due.`;

type Engagement = "calls" | "notes" | "tasks";
/** HubSpot's association type ids from each to a contact. */
const TO_CONTACT: Record<Engagement, number> = { calls: 194, notes: 202, tasks: 204 };

function describeOne(type: Engagement, n: number, tag: string): Record<string, string> {
  const at = { hs_timestamp: new Date(Date.now() - n * 1_000).toISOString() };
  if (type === "notes") return { ...at, hs_note_body: `<p>Note ${tag} ${n}</p><p>Wants <b>two</b></p>` };
  if (type === "tasks") return { ...at, hs_task_subject: `Task ${tag} ${n}`, hs_task_status: "NOT_STARTED" };
  return { ...at, hs_call_title: `Call ${tag} ${n}`, hs_call_body: "<p>Talked</p>", hs_call_duration: "61000" };
}

async function sendEngagements(sandboxes: Sandboxes, type: Engagement, verb: string, inputs: object[]) {
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  const ids: string[] = [];
  for (let start = 0; start < inputs.length; start += HUBSPOT_BATCH) {
    const body = { inputs: inputs.slice(start, start + HUBSPOT_BATCH) };
    const path = `/crm/v3/objects/${type}/batch/${verb}`;
    const { results } = await sandboxes.send<{ results: { id: string }[] }>("hubspot", "POST", path, body);
    ids.push(...results.map(({ id }) => id));
  }
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: true });
  return ids;
}

function makeEngagements(sandboxes: Sandboxes, type: Engagement, contacts: string[]): Promise<string[]> {
  const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: TO_CONTACT[type] }];
  const inputs = contacts.map((id, n) => ({
    properties: describeOne(type, n, "new"),
    associations: [{ to: { id }, types }],
  }));
  return sendEngagements(sandboxes, type, "create", inputs);
}

async function editEngagements(sandboxes: Sandboxes, type: Engagement, ids: string[]): Promise<void> {
  const inputs = ids.map((id, n) => ({ id, properties: describeOne(type, n, "edited") }));
  await sendEngagements(sandboxes, type, "update", inputs);
}

async function makeTasks(sandboxes: Sandboxes, whoIds: string[], fields: object): Promise<void> {
  for (let start = 0; start < whoIds.length; start += SALESFORCE_BATCH) {
    const records = whoIds
      .slice(start, start + SALESFORCE_BATCH)
      .map((WhoId, n) => ({ attributes: { type: "Task" }, Subject: `Task ${start + n}`, WhoId, ...fields }));
    const body = { allOrNone: true, records };
    await sandboxes.send("salesforce", "POST", "/services/data/v67.0/composite/sobjects", body);
  }
}

type Case = { title: string; target: number | null; act(): Promise<unknown> };

function listCases(sandboxes: Sandboxes, contacts: string[], leads: string[]): Case[] {
  const made: Partial<Record<Engagement, string[]>> = {};
  const outgoing = (["calls", "notes", "tasks"] as const).flatMap((type): Case[] => [
    {
      title: `HubSpot → Salesforce, ${type} created`,
      target: type === "tasks" ? null : 30,
      act: async () => {
        made[type] = await makeEngagements(sandboxes, type, contacts);
      },
    },
    {
      title: `HubSpot → Salesforce, ${type} updated`,
      target: null,
      act: () => editEngagements(sandboxes, type, made[type] ?? []),
    },
  ]);
  const call = { TaskSubtype: "Call", Status: "Completed", CallDurationInSeconds: 61 };
  return [
    { title: "a check with nothing new, every activity on", target: 12, act: async () => {} },
    ...outgoing,
    { title: "Salesforce → HubSpot, calls created", target: null, act: () => makeTasks(sandboxes, leads, call) },
    { title: "Salesforce → HubSpot, tasks created", target: null, act: () => makeTasks(sandboxes, leads, {}) },
  ];
}

async function turnOn(connectionId: string): Promise<void> {
  const connection = await readConnection(connectionId);
  const own = ["call", "note", "task", "meeting", "sales_email_sent"];
  const all = <Name extends string>(names: readonly Name[], isOn: (name: Name) => boolean) =>
    Object.fromEntries(names.map((name) => [name, isOn(name)])) as Record<Name, boolean>;
  await saveSettings(connectionId, connection?.settingsVersion ?? 1, {
    activities: all(ACTIVITY_TOGGLES, (name) => own.includes(name)),
    salesforceActivities: all(SALESFORCE_ACTIVITY_TOGGLES, () => true),
  });
}

async function countSync(sandboxes: Sandboxes, connectionId: string): Promise<{ calls: CallCounts; end: SyncEnd }> {
  await sandboxes.forgetCalls();
  const end = await syncAll(connectionId);
  return { calls: await sandboxes.countCalls(), end };
}

/** Nothing lies behind the cursors any more: what was seen last is older than both sides look back. */
async function reachQuiet(sandboxes: Sandboxes, connectionId: string, databaseUrl: string): Promise<void> {
  await syncAll(connectionId);
  await sandboxes.advance(BEYOND_OVERLAP_MS);
  await syncAll(connectionId);
  await querySql(databaseUrl, "UPDATE check_cursor SET settled = true");
  if ((await syncAll(connectionId)).due > 0) throw new Error("The two sides write to each other without end");
}

async function run(options: BenchOptions): Promise<BenchResult> {
  const count = options.quick ? RECORDS / 10 : RECORDS;
  const server = await startDatabaseServer(options.folder);
  const database = await server.create();
  const sandboxes = await startSandboxes(options.folder, 0);
  const measures: Measure[] = [];
  const details: Record<string, unknown> = {};
  try {
    const connectionId = await openEngine(database.url, sandboxes.urls);
    const contacts = await makeHubSpotContacts(sandboxes, count, "act");
    await sandboxes.advance(BEYOND_LAG_MS);
    await syncAll(connectionId);
    await turnOn(connectionId);
    const rows = await querySql<{ id: string }>(
      database.url,
      "SELECT salesforce_id AS id FROM sync_record WHERE object = 'contact' AND state = 'in_sync' ORDER BY salesforce_id",
    );
    console.log(`\n${NOTES}`);
    const leads = rows.map(({ id }) => id);
    for (const one of listCases(sandboxes, contacts, leads)) {
      await reachQuiet(sandboxes, connectionId, database.url);
      await one.act();
      await sandboxes.advance(BEYOND_LAG_MS);
      const { calls, end } = await countSync(sandboxes, connectionId);
      const total = sumCalls(calls);
      const judged = one.target !== null && (!options.quick || one.target === 12);
      measures.push(judged ? atMost(one.title, total, one.target ?? 0, "calls") : noted(one.title, total, "calls"));
      printRoutes(one.title, calls);
      details[one.title] = { calls, end };
    }
    return { measures, details };
  } finally {
    await closeEngine();
    await sandboxes.stop();
    await server.stop();
  }
}

function printRoutes(title: string, calls: CallCounts): void {
  const rows = SIDES.flatMap((side) =>
    Object.entries(calls[side]).map(([route, n]) => [`${side.padEnd(10)} ${route}`, String(n)]),
  );
  printTable([title, "calls"], rows);
}

export const activitiesBench: Bench = { name: "activities", title: "Remote calls per 1,000 activities", run };
