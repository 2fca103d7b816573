import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import type { Fault } from "@/sandbox/shared/faults";
import type { SyncWorld } from "../world";
import type { EditLog } from "./edit-log";
import type { SeededRandom } from "./seeded-random";

type Side = "hubspot" | "salesforce";

/** A history under way: the world, what people did in it, and the chances that a seed repeats. */
export type History = {
  world: SyncWorld;
  log: EditLog;
  random: SeededRandom;
  trace: string[];
  kinds: Kind[];
  faults: Record<Side, Fault[]>;
  /** Remote ids of what may fail at the end, because people took away what it belongs to */
  excused: Set<string>;
  /** An owner for a person made in Salesforce, where owners are played */
  pickOwner: (() => { userId: string; email: string }) | null;
};

export type Step = { weight: number; name: string; run: (history: History) => Promise<void> };

/** One area of what people do, with what must be true of it at the end. Made anew for each history. */
export type Kind = {
  name: string;
  settings?: Partial<ConnectionSettings>;
  prepare?(history: History): Promise<void>;
  steps: Step[];
  /** What must happen before the world can come to rest, e.g. a word on a stopped run; whether anything did */
  beforeRest?(history: History): Promise<boolean>;
  /** One sentence per violation, once all is quiet */
  judge?(history: History): Promise<string[]>;
};

export function areFaultsSet({ faults }: History): boolean {
  return faults.hubspot.length + faults.salesforce.length > 0;
}

/**
 * Both CRMs' clocks go on by 2 to 20 seconds, so that every step has a time of its own; to the engine, whose clock is
 * PostgreSQL's, everything that it knows is older by so much.
 */
export async function moveClocks({ world, log, random }: History): Promise<void> {
  const seconds = 2 + random.below(19);
  log.second += seconds;
  const offsetMs = log.second * 1000;
  const database = getDatabase();
  await database.$executeRaw`UPDATE connection SET checks_done_at = checks_done_at - ${seconds} * interval '1 second'`;
  await database.$executeRaw`UPDATE sync_record SET updated_at = updated_at - ${seconds} * interval '1 second'`;
  await Promise.all([
    world.door("hubspot", "PUT", "/__sandbox/clock", { offsetMs }),
    world.door("salesforce", "PUT", "/__sandbox/clock", { offsetMs }),
  ]);
}

export async function putFaults(history: History, side: Side, faults: Fault[]): Promise<void> {
  history.faults[side] = faults;
  await history.world.door(side, "PUT", "/__sandbox/faults", faults);
}

/** Faults would strike the oracle's own reading too: they are lifted for as long as it looks. */
export async function withoutFaults<T>(history: History, look: () => Promise<T>): Promise<T> {
  const { hubspot, salesforce } = history.faults;
  if (!areFaultsSet(history)) return look();
  await putFaults(history, "hubspot", []);
  await putFaults(history, "salesforce", []);
  try {
    return await look();
  } finally {
    await putFaults(history, "hubspot", hubspot);
    await putFaults(history, "salesforce", salesforce);
  }
}
