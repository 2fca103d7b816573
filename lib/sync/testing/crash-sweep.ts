import { closeDatabase, connectDatabase } from "@/lib/store/client";
import { type DatabaseProxy, startDatabaseProxy } from "./database-proxy";
import { endLeases } from "./end-leases";
import { keepWorkers, spawnWorker } from "./worker-process";
import type { SyncWorld } from "./world";

/** Processes kept started; two cores cannot start more at once than they are used up. */
const WORKERS_AHEAD = 3;
const RUN_BUDGET_MS = 20_000;

export type CrashSweep = {
  /** Runs one sync in a process of its own and counts the places where it can die. */
  count(): Promise<string[]>;
  /**
   * Runs one sync that dies at the place with this number; answers its name, null = not reached. `patience`: how many
   * times its usual time the run may take.
   */
  crashAt(place: number, patience: number): Promise<string | null>;
  /** What a restart after the leases ran out does: everything that the dead process held is free again. */
  recover(): Promise<void>;
  stop(): Promise<void>;
};

class Crash extends Error {}

/** One go of the engine that can be struck: its result, null when it died, and the places that it passed. */
type Go = (
  armed: number | null,
  patience: number,
) => Promise<{ seen: string[]; struck: string | null; result: unknown }>;

/**
 * Places where a worker can die: before and after the effect of every remote call, and before and after every statement
 * that ends a database transaction. Only what a worker process does is counted, not the test's own calls.
 */
export async function startCrashSweep(world: SyncWorld): Promise<CrashSweep> {
  const { places, proxy } = await watchPlaces(world);
  const workers = keepWorkers(() => spawnWorker(world, proxy.url), WORKERS_AHEAD);
  const go: Go = async (armed, patience) => {
    const worker = workers.take();
    await worker.ready;
    places.arm(armed, () => worker.kill());
    const result = await worker.run({ budgetMs: RUN_BUDGET_MS * patience });
    const { seen, struck } = places.disarm();
    await worker.kill();
    return { seen, struck, result };
  };
  return makeSweep(world, go, async () => {
    await workers.stop();
    await stopWatching(world, proxy);
  });
}

/**
 * The same places without a process for each: at the chosen one this process is cut off from both CRMs and the database,
 * so that nothing it does from then on has any effect. To everybody else that is a death; it takes a tenth of the time.
 * `run` is cut off; `goOn` is what another process does afterwards, until nothing remains.
 */
export async function startCutOffSweep(
  world: SyncWorld,
  run: (patience: number) => Promise<unknown> = world.sync,
  goOn: () => Promise<{ remaining: number }> = world.sync,
): Promise<CrashSweep> {
  const { places, proxy } = await watchPlaces(world);
  const go: Go = async (armed, patience) => {
    await closeDatabase();
    connectDatabase(proxy.url);
    places.arm(armed, async () => {});
    // Whatever the cut-off engine says of its end is nobody's business any more.
    const result = await run(patience).catch(() => null);
    const { seen, struck } = places.disarm();
    await closeDatabase();
    connectDatabase(world.databaseUrl);
    return { seen, struck, result };
  };
  return makeSweep(world, go, () => stopWatching(world, proxy), goOn);
}

async function watchPlaces(world: SyncWorld): Promise<{ places: CrashPlaces; proxy: DatabaseProxy }> {
  const places = new CrashPlaces();
  const proxy = await startDatabaseProxy(world.databaseUrl, (phase, statement) =>
    places.pass(`database ${phase}: ${statement}`),
  );
  for (const side of ["hubspot", "salesforce"] as const) {
    world[side].onCall = ({ method, path, phase }) => places.pass(`${side} ${phase}: ${method} ${path}`);
  }
  return { places, proxy };
}

function makeSweep(
  world: SyncWorld,
  go: Go,
  stop: () => Promise<void>,
  goOn: () => Promise<{ remaining: number }> = world.sync,
): CrashSweep {
  return {
    async count() {
      const { seen, result } = await go(null, 1);
      if (result === null) throw new Error("The worker died without being killed");
      return seen;
    },
    crashAt: async (place, patience) => (await go(place, patience)).struck,
    recover: () => recover(goOn, RUN_BUDGET_MS),
    stop,
  };
}

async function stopWatching(world: SyncWorld, proxy: DatabaseProxy): Promise<void> {
  delete world.hubspot.onCall;
  delete world.salesforce.onCall;
  await proxy.stop();
}

class CrashPlaces {
  private seen: string[] | null = null;
  private armed: number | null = null;
  private struck: string | null = null;
  private kill: () => Promise<void> = async () => {};

  arm(place: number | null, kill: () => Promise<void>): void {
    this.seen = [];
    this.struck = null;
    this.armed = place;
    this.kill = kill;
  }

  disarm(): { seen: string[]; struck: string | null } {
    const seen = this.seen ?? [];
    const { struck } = this;
    this.seen = null;
    this.struck = null;
    return { seen, struck };
  }

  /** Throws when the process dies here, so that what comes next does not happen. */
  async pass(name: string): Promise<void> {
    if (this.struck !== null) throw new Crash(name);
    if (this.seen === null) return;
    this.seen.push(name);
    if (this.seen.length - 1 !== this.armed) return;
    this.struck = name;
    await this.kill();
    throw new Crash(name);
  }
}

async function recover(goOn: () => Promise<{ remaining: number }>, budgetMs: number): Promise<void> {
  await endLeases();
  const giveUpAt = Date.now() + budgetMs;
  while ((await goOn()).remaining > 0) {
    if (Date.now() > giveUpAt) throw new Error("Records stay due after the crash");
  }
}
