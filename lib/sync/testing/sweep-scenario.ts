import { expect } from "vitest";
import { getDatabase } from "@/lib/store/client";
import type { CrashSweep } from "./crash-sweep";
import type { SyncWorld } from "./world";

/** `make` gives one sync its work; afterwards `check` finds everything as if the process had never died. */
export type Scenario = {
  /** What must be there before the first crash, for all names at once */
  prepare?(names: string[]): Promise<void>;
  make(name: string): Promise<void>;
  check(name: string): Promise<void>;
  /** Strikes at each n-th place only, where another sweep strikes at all of them; default 1 */
  every?: number;
};

/** Says only that a sweep hangs: a busy machine takes a multiple of the usual five minutes. */
export const SWEEP_TIMEOUT_MS = 1_500_000;

/**
 * A busy machine spends a run's time before its last places: such a place is tried again with new work, each time with
 * more patience.
 */
const TRIES = 6;

/**
 * The engine is struck at every place (or each n-th) once, each time with new work; a place that no try reaches is named
 * and fails the sweep. What a scenario without faults passes is the list of places.
 */
export async function sweepAll(
  world: SyncWorld,
  sweep: CrashSweep,
  name: string,
  { prepare, make, check, every = 1 }: Scenario,
): Promise<void> {
  const play = async (one: string, strike: () => Promise<boolean>): Promise<boolean> => {
    await make(one);
    const isStruck = await strike();
    await sweep.recover();
    await check(one);
    await expectQuiet(world);
    return isStruck;
  };
  await prepare?.([`${name}-whole`]);
  let places: string[] = [];
  await play(`${name}-whole`, async () => {
    places = await sweep.count();
    return true;
  });
  const chosen = [...places.entries()].filter(([number]) => number % every === 0);
  await prepare?.(chosen.map(([number]) => `${name}-${number}`));
  const unreached: string[] = [];
  for (const [number, place] of chosen) {
    const strike = (patience: number) => async () => (await sweep.crashAt(number, patience)) !== null;
    let isStruck = await play(`${name}-${number}`, strike(1));
    for (let again = 1; !isStruck && again < TRIES; again += 1) {
      await prepare?.([`${name}-${number}-${again}`]);
      isStruck = await play(`${name}-${number}-${again}`, strike(again + 1));
    }
    if (!isStruck) unreached.push(`${number}: ${place}`);
  }
  console.log(`${name}: ${chosen.length} of ${places.length} crash points, ${unreached.length} not reached`);
  expect(unreached, "places that were not reached").toEqual([]);
}

/** Nothing is planned or due any more, and a further check only reads. */
async function expectQuiet(world: SyncWorld): Promise<void> {
  expect(await getDatabase().journalEntry.count({ where: { status: "planned" } }), "no plan is left open").toBe(0);
  await world.clearCalls();
  const { due, remaining } = await world.sync();
  const newest = await getDatabase().syncRecord.findFirst({ orderBy: { requestedAt: "desc" } });
  const why = due === 0 ? "" : `${newest?.email} is due again: ${JSON.stringify(newest?.lastTriggers)}`;
  expect({ due, remaining, why }).toEqual({ due: 0, remaining: 0, why: "" });
  for (const side of ["hubspot", "salesforce"] as const) {
    const { calls } = (await world.door(side, "GET", "/__sandbox/calls")) as { calls: Call[] };
    expect(calls.filter((call) => !isReading(call))).toEqual([]);
  }
}

type Call = { method: string; path: string };

/** Searches, reads and lists; Salesforce's composite calls of a check hold queries alone, which write nothing. */
function isReading({ method, path }: Call): boolean {
  return method === "GET" || /\/(search|batch\/read|composite)$/.test(path.split("?")[0] ?? "");
}
