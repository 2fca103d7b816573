import { ACTIVITY_TOGGLES } from "@/lib/decide/activity-toggles";
import { SALESFORCE_ACTIVITY_TOGGLES } from "@/lib/decide/connection-settings";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { findKnownRecords, markRecordDue } from "@/lib/store/record-marks";
import { prepareConnection } from "@/lib/sync/prepare-connection";
import { actAll, CAMPAIGN, countIn, EVENT_KINDS, type EventKind, verifyEvents } from "./objects/events";
import { emailOf, KINDS, type Kind, type Parent } from "./objects/kinds";
import { measureSync, type Quiet, reachQuiet, type Sync, type World } from "./objects/measure";
import {
  countRecords,
  createInHubSpot,
  createInSalesforce,
  editInHubSpot,
  editInSalesforce,
  findOwner,
  type Pair,
  touchInHubSpot,
  verifyPairs,
} from "./objects/records";
import { atMost, type Bench, type BenchOptions, type BenchResult, type Measure, noted, printTable } from "./report";
import { startDatabaseServer } from "./world/database";
import { closeEngine, openEngine, querySql } from "./world/engine";
import { SIDES, type Side, startSandboxes } from "./world/sandboxes";

const RECORDS = 1_000;
const MAX_QUIET_CALLS = 12;
const CREATED = "HubSpot → Salesforce, created";
/** B1; `unchanged`: what was due costs no more than this beyond the question what is new. */
const TARGETS: Record<string, number> = {
  [CREATED]: 20,
  "HubSpot → Salesforce, updated": 16,
  "Salesforce → HubSpot, created": 22,
  "Salesforce → HubSpot, updated": 12,
  "touched in HubSpot, no mapped change": 11,
  "due by hand, unchanged": 11,
};
/** Of what became due besides. */
const TARGET_OF_OTHERS = 16;
/** The object's own question to each side is part of what it costs; what the check asks for all others is not. */
const OWN_QUESTIONS = 2;

const NOTES = `  Every object and every activity is on. Counted by the sandboxes: each API call from the start of one run of the engine until
  nothing is left to do; a composite call is one call. "all": everything, the questions of the check about all objects
  included. "own" (judged): without the calls of a check that finds nothing, less the object's own question to each side.
  "due": what becomes due elsewhere because of it (a contact whose company or activity changed, a Task of a submission) is counted
  along, and each 1,000 of that may cost what an update may. What people do is read from HubSpot's own event APIs: submissions come
  50 a call. After each step both sides are read and must hold what was written, once. Memory: what this process grew by at its
  highest, engine and benchmark in one.`;

type Row = { object: string; step: string; sync: Sync; own: number };

async function run(options: BenchOptions): Promise<BenchResult> {
  const count = options.quick ? RECORDS / 10 : RECORDS;
  const server = await startDatabaseServer(options.folder);
  const database = await server.create();
  const sandboxes = await startSandboxes(options.folder, 0);
  try {
    const connectionId = await openEngine(database.url, sandboxes.urls);
    const world: World = { sandboxes, connectionId, databaseUrl: database.url };
    await turnEverythingOn(world);
    console.log(`\n${NOTES}`);
    const quiet = await reachQuiet(world);
    const parents: Parent[] = [];
    const rows: Row[] = [];
    for (const kind of KINDS) rows.push(...(await measureKind(world, kind, { count, parents })));
    for (const kind of EVENT_KINDS) rows.push(await measureEvents(world, kind, parents));
    const last = await reachQuiet(world);
    return report(rows, [quiet, last], count, options.quick);
  } finally {
    await closeEngine();
    await sandboxes.stop();
    await server.stop();
  }
}

async function turnEverythingOn({ connectionId, databaseUrl }: World): Promise<void> {
  const connection = await readConnection(connectionId);
  const all = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, true])) as Record<Name, boolean>;
  await saveSettings(connectionId, connection?.settingsVersion ?? 1, {
    hubspotToSalesforce: "contact",
    company: { on: true, toSalesforce: "create", toHubSpot: "create", matchByDomain: true },
    deal: { on: true, toSalesforce: "create", toHubSpot: "create" },
    activities: all(ACTIVITY_TOGGLES),
    salesforceActivities: all(SALESFORCE_ACTIVITY_TOGGLES),
  });
  await prepareConnection(connectionId, { createIdFields: true });
  await querySql(databaseUrl, "UPDATE field_mapping SET rule = 'two_way'");
}

type Scale = { count: number; parents: Parent[] };

async function measureKind(world: World, kind: Kind, { count, parents }: Scale): Promise<Row[]> {
  const one = { ...world, kind };
  const rows: Row[] = [];
  const measure = async (step: string, act: () => Promise<unknown>) => {
    const quiet = await reachQuiet(world);
    await act();
    const sync = await measureSync(world);
    const isByHand = step === "due by hand, unchanged";
    const own = sync.total - quiet.total + (isByHand ? 0 : OWN_QUESTIONS);
    rows.push({ object: kind.object, step, sync, own });
    console.log(`  ${kind.object}: ${step}: ${own} calls in ${sync.seconds.toFixed(1)} s`);
  };

  const tag = `${kind.object}-hs`;
  let ids: string[] = [];
  const before = await countRecords(one);
  await measure(CREATED, async () => {
    ids = await createInHubSpot(one, tag, count, parents);
  });
  const pairs = await verifyPairs(one, "hubspot", ids, tag);
  await expectCounts(one, before, count);
  addParents(kind, pairs, parents, await findOwner(world.sandboxes));
  await measure("HubSpot → Salesforce, updated", () => editInHubSpot(one, ids, `${tag}-edited`));
  await verifyPairs(one, "hubspot", ids, `${tag}-edited`);
  await measure("touched in HubSpot, no mapped change", () => touchInHubSpot(one, ids));
  await measure("due by hand, unchanged", () => markByHand(world.connectionId, kind, ids));
  if (kind.isTwoWay) await measureWayBack(one, measure, { count, parents });
  return rows;
}

async function measureWayBack(
  one: World & { kind: Kind },
  measure: (step: string, act: () => Promise<unknown>) => Promise<void>,
  { count, parents }: Scale,
): Promise<void> {
  const tag = `${one.kind.object}-sf`;
  let ids: string[] = [];
  const before = await countRecords(one);
  await measure("Salesforce → HubSpot, created", async () => {
    ids = await createInSalesforce(one, tag, count, parents);
  });
  await verifyPairs(one, "salesforce", ids, tag);
  await expectCounts(one, before, count);
  await measure("Salesforce → HubSpot, updated", () => editInSalesforce(one, ids, `${tag}-edited`));
  await verifyPairs(one, "salesforce", ids, `${tag}-edited`);
}

/** What people do, once each. Members join by a form that is tied to a campaign from then on. */
async function measureEvents(world: World, kind: EventKind, parents: Parent[]): Promise<Row> {
  if (kind.object === "campaign_member") await tieForm(world);
  const quiet = await reachQuiet(world);
  const before = await countIn(world.sandboxes, kind.type);
  await actAll(world, kind, parents);
  const sync = await measureSync(world);
  await verifyEvents(world, kind, before, parents.length);
  const own = sync.total - quiet.total + OWN_QUESTIONS;
  console.log(`  ${kind.object}: done by ${parents.length}: ${own} calls in ${sync.seconds.toFixed(1)} s`);
  return { object: kind.object, step: CREATED, sync, own };
}

async function tieForm({ sandboxes, connectionId }: World): Promise<void> {
  const made = await sandboxes.send<{ id: string }>("salesforce", "POST", "/services/data/v67.0/sobjects/Campaign", {
    Name: CAMPAIGN,
    IsActive: true,
  });
  const connection = await readConnection(connectionId);
  const rule = { formId: "*", campaignId: made.id, campaignName: CAMPAIGN, status: "Responded" };
  const since = new Date(0).toISOString();
  await saveSettings(connectionId, connection?.settingsVersion ?? 1, {
    campaigns: { rules: [{ ...rule, since }], namesProperty: false },
  });
}

/** Nothing was made twice on either side. */
async function expectCounts(one: World & { kind: Kind }, before: Record<Side, number>, count: number): Promise<void> {
  const after = await countRecords(one);
  for (const side of SIDES) {
    const grown = after[side] - before[side];
    if (grown !== count) throw new Error(`${side} has ${grown} more ${one.kind.object}s instead of ${count}`);
  }
}

function addParents({ object }: Kind, pairs: Pair[], parents: Parent[], ownerId: string): void {
  if (object === "contact")
    parents.push(
      ...pairs.map((pair, n) => ({
        contactId: pair.hubspotId,
        email: emailOf(n),
        salesforceId: pair.salesforceId,
        companyId: "",
        accountId: "",
        ownerId,
      })),
    );
  if (object !== "company") return;
  pairs.forEach((pair, n) => {
    const parent = parents[n];
    if (parent) Object.assign(parent, { companyId: pair.hubspotId, accountId: pair.salesforceId });
  });
}

async function markByHand(connectionId: string, { object }: Kind, hubspotIds: string[]): Promise<void> {
  const known = await findKnownRecords(connectionId, object, "hubspot", hubspotIds);
  const trigger = { code: "manual", side: null, fields: [], at: new Date().toISOString(), by: null };
  for (const record of known.values()) await markRecordDue(connectionId, record.id, trigger);
}

function report(rows: Row[], quiets: Quiet[], count: number, quick: boolean): BenchResult {
  const quietest = Math.max(...quiets.map((quiet) => quiet.total));
  const measures: Measure[] = [atMost("a check with nothing new, every object on", quietest, MAX_QUIET_CALLS, "calls")];
  for (const { object, step, sync, own } of rows) {
    const title = `${object}: ${step}`;
    const target = targetOf(step, sync, count);
    measures.push(quick ? noted(title, own, "calls") : atMost(title, own, target, "calls"));
  }
  printTable(
    ["", "due", "HubSpot", "Salesforce", "all", "own", "target", "records/s", "memory MB", ""],
    rows.map(({ object, step, sync, own }) => [
      `${object}: ${step}`,
      ...[sync.end.due, sync.hubspot, sync.salesforce, sync.total, own].map(String),
      `≤ ${targetOf(step, sync, count)}`,
      String(Math.round(count / sync.seconds)),
      sync.grownMb.toFixed(0),
      quick ? "" : own <= targetOf(step, sync, count) ? "met" : "MISSED",
    ]),
  );
  const details = Object.fromEntries(rows.map(({ object, step, sync }) => [`${object}: ${step}`, sync]));
  return { measures, details: { quiet: quiets.map((quiet) => quiet.calls), ...details } };
}

/** B1 for the records of the step, and for what became due with them. */
function targetOf(step: string, { end }: Sync, count: number): number {
  const others = Math.max(0, end.due - count) / count;
  return (TARGETS[step] ?? 0) + Math.ceil(TARGET_OF_OTHERS * others);
}

export const objectsBench: Bench = {
  name: "objects",
  title: "Remote calls per 1,000 records of every object (B1)",
  run,
};
