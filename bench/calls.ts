import type { Bench, BenchOptions, BenchResult, Measure } from "./report";
import { atMost, noted, printTable } from "./report";
import { startDatabaseServer } from "./world/database";
import { closeEngine, openEngine, type SyncEnd, syncAll } from "./world/engine";
import {
  editHubSpotContacts,
  editSalesforcePeople,
  makeHubSpotContacts,
  makeSalesforcePeople,
  touchHubSpotContacts,
} from "./world/fill";
import { markByHand } from "./world/mark-by-hand";
import { type CallCounts, type Sandboxes, SIDES, startSandboxes, sumCalls } from "./world/sandboxes";

/** The targets are per 1,000 records, which is also one batch of the engine; `--quick` measures 100 and cannot judge. */
const RECORDS = 1_000;
/** Longer than the engine looks back behind its cursors (60 s HubSpot, 300 s Salesforce). */
const BEYOND_OVERLAP_MS = 600_000;
/** Longer than both search indexes lag (1 s). */
const BEYOND_LAG_MS = 5_000;

const NOTES = `  Counted by the sandboxes: every API call from the start of one run of the engine until nothing is left to do, the question
  "what changed" included; a composite call is one call. Each case starts from a quiet state: the edits of before are synced,
  both clocks are moved 10 minutes ahead, one marker record is edited on each side and synced, and a check finds nothing new.
  Without that, a check reads again what lies within 60 s (HubSpot) and 300 s (Salesforce) behind the newest record it saw;
  "check after it" is what that costs: the very next check, which meets the echo of our own writes and ignores it.`;

type World = { sandboxes: Sandboxes; connectionId: string; markers: { hubspot: string; salesforce: string } };
type Case = { title: string; target: number | null; due: number; act(world: World): Promise<void> };

async function run(options: BenchOptions): Promise<BenchResult> {
  const count = options.quick ? RECORDS / 10 : RECORDS;
  const server = await startDatabaseServer(options.folder);
  const database = await server.create();
  const sandboxes = await startSandboxes(options.folder, 0);
  try {
    const connectionId = await openEngine(database.url, sandboxes.urls);
    const world: World = { sandboxes, connectionId, markers: await makeMarkers(sandboxes) };
    console.log(`\n${NOTES}`);
    return await measureCases(world, listCases(count, sandboxes), options.quick);
  } finally {
    await closeEngine();
    await sandboxes.stop();
    await server.stop();
  }
}

function listCases(count: number, sandboxes: Sandboxes): Case[] {
  let hubspotIds: string[] = [];
  let salesforceIds: Awaited<ReturnType<typeof makeSalesforcePeople>> = [];
  return [
    { title: "a check with nothing new", target: null, due: 0, act: async () => {} },
    {
      title: "HubSpot → Salesforce, created",
      target: 20,
      due: count,
      act: async () => {
        hubspotIds = await makeHubSpotContacts(sandboxes, count, "hs");
      },
    },
    {
      title: "HubSpot → Salesforce, updated",
      target: 16,
      due: count,
      act: () => editHubSpotContacts(sandboxes, hubspotIds, "a"),
    },
    {
      title: "Salesforce → HubSpot, created",
      target: 22,
      due: count,
      act: async () => {
        salesforceIds = await makeSalesforcePeople(sandboxes, count, "sf");
      },
    },
    {
      title: "Salesforce → HubSpot, updated",
      target: 12,
      due: count,
      act: () => editSalesforcePeople(sandboxes, salesforceIds, "b"),
    },
    {
      title: "due by hand, unchanged",
      target: null,
      due: count,
      act: ({ connectionId }) => markByHand(connectionId, hubspotIds),
    },
    {
      title: "touched in HubSpot, no mapped change",
      target: 11,
      due: 0,
      act: () => touchHubSpotContacts(sandboxes, hubspotIds),
    },
  ];
}

async function measureCases(world: World, cases: Case[], quick: boolean): Promise<BenchResult> {
  const measures: Measure[] = [];
  const details: Record<string, unknown> = {};
  let quietCalls = 0;
  for (const one of cases) {
    await reachQuiet(world);
    await one.act(world);
    await world.sandboxes.advance(BEYOND_LAG_MS);
    const during = await countSync(world);
    if (during.end.due !== one.due)
      throw new Error(`${one.title}: ${during.end.due} records were due instead of ${one.due}`);
    await world.sandboxes.advance(BEYOND_LAG_MS);
    const after = await countSync(world);
    const calls = sumCalls(during.calls);
    if (quietCalls === 0) quietCalls = calls;
    const judged = one.target !== null && !quick;
    measures.push(judged ? atMost(one.title, calls, one.target ?? 0, "calls") : noted(one.title, calls, "calls"));
    measures.push(noted("    check after it", sumCalls(after.calls), "calls"));
    if (one.title.startsWith("due by hand")) {
      const own = calls - quietCalls;
      const title = "    of it without the check";
      measures.push(quick ? noted(title, own, "calls") : atMost(title, own, 11, "calls"));
    }
    printRoutes(one.title, during.calls);
    details[one.title] = { calls: during.calls, checkAfterIt: after.calls, end: during.end };
  }
  return { measures, details };
}

async function countSync({ sandboxes, connectionId }: World): Promise<{ calls: CallCounts; end: SyncEnd }> {
  await sandboxes.forgetCalls();
  const end = await syncAll(connectionId);
  return { calls: await sandboxes.countCalls(), end };
}

async function makeMarkers(sandboxes: Sandboxes): Promise<World["markers"]> {
  const [hubspot] = await makeHubSpotContacts(sandboxes, 1, "marker-h");
  const [salesforce] = await makeSalesforcePeople(sandboxes, 1, "marker-s");
  if (hubspot === undefined || salesforce === undefined) throw new Error("no markers");
  return { hubspot, salesforce: salesforce.id };
}

/** Behind both cursors lies nothing but the two markers, and a check says so. */
async function reachQuiet({ sandboxes, connectionId, markers }: World): Promise<void> {
  await syncAll(connectionId);
  await sandboxes.advance(BEYOND_OVERLAP_MS);
  const text = `Marker ${Date.now()}`;
  await editHubSpotContacts(sandboxes, [markers.hubspot], text);
  await editSalesforcePeople(sandboxes, [{ id: markers.salesforce, type: "Lead" }], text);
  for (let round = 0; round < 5; round++) {
    await sandboxes.advance(BEYOND_LAG_MS);
    if ((await syncAll(connectionId)).due === 0) return;
  }
  throw new Error("Checks keep finding something: the two sides write to each other without end");
}

function printRoutes(title: string, calls: CallCounts): void {
  const rows = SIDES.flatMap((side) =>
    Object.entries(calls[side]).map(([route, n]) => [`${side.padEnd(10)} ${route}`, String(n)]),
  );
  printTable([title, "calls"], rows);
}

export const callsBench: Bench = { name: "calls", title: "Remote calls per 1,000 contacts (B1)", run };
