import { getDatabase } from "@/lib/store/client";
import { readConnection, resumeConnection } from "@/lib/store/connections";
import { runSync } from "@/lib/sync/run-sync";
import type { Fault } from "@/sandbox/shared/faults";
import { endLeases } from "../end-leases";
import { spawnWorker } from "../worker-process";
import { areFaultsSet, type History, type Kind, moveClocks, putFaults } from "./history";
import { editOne, editSome, pickKnown } from "./play-people";
import type { SeededRandom } from "./seeded-random";
import { learnPartners } from "./standing";

/** Syncs of one or two workers, and everything that a network and two vendors do to them. */
export function playTrouble(): Kind {
  return {
    name: "trouble",
    steps: [
      { weight: 16, name: "sync", run: sync },
      { weight: 3, name: "two syncs at once", run: syncTwice },
      { weight: 14, name: "fault", run: setFault },
      { weight: 9, name: "faults end", run: clearFaults },
      { weight: 4, name: "locks", run: lockSome },
    ],
  };
}

async function sync(history: History): Promise<void> {
  await resumeIfSuspended(history);
  if (!areFaultsSet(history)) await retryFailed();
  const { due, remaining } = await runOnce(history);
  if (areFaultsSet(history)) return;
  await learnPartners(history);
  if (due > 0 && remaining === 0) history.log.noteClean();
}

async function syncTwice(history: History): Promise<void> {
  await resumeIfSuspended(history);
  await Promise.all([runOnce(history), runOnce(history)]);
  if (!areFaultsSet(history)) await learnPartners(history);
}

/**
 * What failed is tried again now instead of in minutes or tomorrow. What waits for something else, such as its parent,
 * must come back by itself.
 */
export async function retryFailed(): Promise<void> {
  await getDatabase().$executeRaw`
    UPDATE sync_record SET next_attempt_at = now() - interval '1 second'
    WHERE requested_version > synced_version OR state = 'failing'`;
}

/** In trouble a run gives up early: the engine's patience is not what a history is about. */
function runOnce(history: History) {
  const budgetMs = areFaultsSet(history) ? 800 : 15_000;
  return runSync(history.world.connectionId, { budgetMs, kind: "check", by: null });
}

const FAULTS: ((random: SeededRandom) => Fault)[] = [
  (random) => ({ match: { probability: 0.3 }, do: { status: random.pick([429, 500, 502, 503, 504]) } }),
  (random) => ({ match: { nth: 1 + random.below(8) }, do: { drop: random.pick(["before", "after"]) } }),
  (random) => ({ match: { method: "POST", nth: 1 + random.below(6) }, do: { drop: "after" } }),
  (random) => ({ match: { path: "/batch/|/composite", nth: 1 + random.below(4) }, do: { drop: "after" } }),
  (random) => ({ match: { nth: 1 + random.below(4) }, do: { halfBody: true } }),
  (random) => ({ match: { nth: 1 + random.below(4) }, do: { html: true, status: random.pick([200, 503]) } }),
  () => ({
    match: { nth: 1 },
    do: { status: 401, body: [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }] },
  }),
  (random) => ({ match: { probability: 0.5 }, do: { delayMs: random.below(60) } }),
];

/** Faults of one side pile up until they end. */
async function setFault(history: History): Promise<void> {
  const side = history.random.pick(["hubspot", "salesforce"] as const);
  await putFaults(history, side, [...history.faults[side], history.random.pick(FAULTS)(history.random)].slice(-3));
}

/** F7, F19: somebody's transaction holds records that a write of ours is about to reach: the others of the call are written. */
async function lockSome(history: History): Promise<void> {
  const { log, random, world } = history;
  for (let i = 0; i < 3; i += 1) {
    const person = pickKnown(history, "salesforce");
    if (!person) return;
    if (person.hubspotId !== null) await editOne(history, "hubspot", person);
    const seconds = 20 + random.below(60);
    person.lockedUntil = log.second + seconds;
    await world.salesforceAct("lockRow", { id: person.salesforceId, forMs: seconds * 1_000 });
  }
}

/** What strikes last is healed by nothing that people do afterwards: the engine itself must have kept it in mind. */
export async function endInTrouble(history: History): Promise<void> {
  await clearFaults(history);
  await moveClocks(history);
  await lockSome(history);
  await sync(history);
  for (const side of ["hubspot", "salesforce"] as const) {
    await moveClocks(history);
    await editSome(history, side);
    await setFault(history);
  }
  await sync(history);
}

export async function clearFaults(history: History): Promise<void> {
  await putFaults(history, "hubspot", []);
  await putFaults(history, "salesforce", []);
}

/** Until a new process has asked both systems and written: a kill strikes anywhere in between. */
const LONGEST_RUN_MS = 1_500;

/** SIGKILL of a real worker somewhere in the middle of its run; the next one comes when its leases have run out. */
export async function crashInSync(history: History): Promise<void> {
  await resumeIfSuspended(history);
  for (const side of ["hubspot", "salesforce"] as const) {
    const person = pickKnown(history, side);
    if (person) await editOne(history, side, person);
  }
  const worker = spawnWorker(history.world);
  await worker.ready;
  const run = worker.run({ budgetMs: 10_000, batchSize: 3 });
  await new Promise((resolve) => setTimeout(resolve, history.random.below(LONGEST_RUN_MS)));
  await worker.kill();
  await run;
  await endLeases();
  history.trace.push("killed");
}

export async function resumeIfSuspended({ world }: History): Promise<void> {
  const connection = await readConnection(world.connectionId);
  if (connection?.status === "suspended") await resumeConnection(world.connectionId);
}
