import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { setRule } from "../pairs";
import { changeWorld } from "../settings";
import type { SyncWorld } from "../world";
import { countAlone } from "./count-alone";
import { EditLog, FIELDS } from "./edit-log";
import { type History, moveClocks, type Step } from "./history";
import { clearFaults, crashInSync, endInTrouble, resumeIfSuspended, retryFailed } from "./play-trouble";
import { chooseKinds } from "./profiles";
import { makeRandom, type SeededRandom } from "./seeded-random";
import { learnPartners } from "./standing";

const STEPS = 80;
/** A crash of a real process costs seconds: some histories end with one. */
const EVERY_CRASH = 7;
const MOST_ROUNDS = 12;
const ROUNDS_WITH_RETRY = 2;
const LONGEST_LOCK_SECONDS = 80;

/** Plays a whole history: some 80 steps of people and troubles in a random order that the seed repeats. */
export async function playHistory(world: SyncWorld, seed: number): Promise<History> {
  const random = makeRandom(seed);
  const history: History = {
    ...{ world, log: new EditLog(), random, trace: [], kinds: chooseKinds(seed) },
    ...{ faults: { hubspot: [], salesforce: [] }, pickOwner: null, excused: new Set() },
  };
  history.trace.push(history.kinds.map(({ name }) => name).join(" + "));
  await prepare(history);
  const steps = history.kinds.flatMap((kind) => kind.steps);
  for (let i = 0; i < STEPS; i += 1) {
    await moveClocks(history);
    const step = pickStep(steps, random);
    history.trace.push(step.name);
    await step.run(history);
  }
  await endInTrouble(history);
  if (seed % EVERY_CRASH === 0) await crashInSync(history);
  await clearFaults(history);
  return history;
}

async function prepare(history: History): Promise<void> {
  const { world, kinds } = history;
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await liftPacing();
  const settings: Partial<ConnectionSettings> = Object.assign({}, ...kinds.map((kind) => kind.settings ?? {}));
  await changeWorld(world, settings);
  for (const { property } of FIELDS) await setRule(property, "two_way");
  for (const kind of kinds) await kind.prepare?.(history);
}

/** Searches are spaced by a quarter of a second for HubSpot's sake; the sandbox does not mind, and histories are many. */
async function liftPacing(): Promise<void> {
  const database = getDatabase();
  await database.$executeRaw`
    CREATE FUNCTION lift_pacing() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN NEW.next_free_at := clock_timestamp(); RETURN NEW; END'`;
  await database.$executeRaw`
    CREATE TRIGGER lift_pacing BEFORE INSERT OR UPDATE ON rate_budget FOR EACH ROW EXECUTE FUNCTION lift_pacing()`;
}

/**
 * Faults are over: syncs until nothing is left to do and nobody waits for a person. Answers how many had something to do,
 * those that a person had to let go on apart; at most 12 are tried.
 */
export async function comeToRest(history: History): Promise<number> {
  let checks = 0;
  // Whoever holds a record in a transaction of his own has ended by then.
  history.log.second += LONGEST_LOCK_SECONDS;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const hasActed = await actBeforeRest(history);
    await moveClocks(history);
    await resumeIfSuspended(history);
    // What still fails after that has a reason of its own, and would be due again each time.
    if (round < ROUNDS_WITH_RETRY) await retryFailed();
    const { due, remaining } = await history.world.sync();
    if (due <= (await countAlone(history.world)) && remaining === 0 && !hasActed && !(await actBeforeRest(history)))
      break;
    if (!hasActed) checks += 1;
  }
  await learnPartners(history);
  return checks;
}

async function actBeforeRest(history: History): Promise<boolean> {
  let hasActed = false;
  for (const kind of history.kinds) if (await kind.beforeRest?.(history)) hasActed = true;
  return hasActed;
}

function pickStep(steps: Step[], random: SeededRandom): Step {
  let left = random.below(steps.reduce((sum, step) => sum + step.weight, 0));
  for (const step of steps) {
    left -= step.weight;
    if (left < 0) return step;
  }
  throw new Error("The weights do not add up");
}
