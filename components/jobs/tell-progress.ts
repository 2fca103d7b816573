import type { Job } from "@/lib/contracts/jobs";

/** What a bar and its line say; null where nothing is known yet. */
type ProgressFacts = {
  done: number;
  total: number | null;
  /** Records per second, as many digits as can be read while they move */
  rate: number | null;
  /** Milliseconds, in steps that grow with the time left, so that the figure does not flicker */
  leftMs: number | null;
  failed: number;
};

/** Above this it is told in whole minutes; below a minute second by second, between in steps of ten. */
const LONG_S = 600;

/** Seconds left in steps: 47 → 47, 134 → 140, 1,310 → 1,320. Always upwards: nobody minds being early. */
export function stepSeconds(seconds: number): number {
  const step = seconds <= 60 ? 1 : seconds <= LONG_S ? 10 : 60;
  return Math.max(1, Math.ceil(seconds / step) * step);
}

/** 640.4 → 640, 12.34 → 12.3, 0.456 → 0.46 */
export function roundRate(perSecond: number): number {
  const digits = perSecond >= 100 ? 0 : perSecond >= 1 ? 1 : 2;
  return Number(perSecond.toFixed(digits));
}

/** The figures of a job's bar. Records that were taken back by a cancel never count as done. */
export function readProgress({ progress }: Pick<Job, "progress">): ProgressFacts {
  const { done, total, ratePerSecond, secondsLeft, failed } = progress;
  return {
    done,
    total: total === null ? null : Math.max(total, done),
    rate: ratePerSecond === null || ratePerSecond <= 0 ? null : roundRate(ratePerSecond),
    leftMs: secondsLeft === null ? null : stepSeconds(secondsLeft) * 1_000,
    failed,
  };
}

const OUTCOMES = ["created", "updated", "unchanged", "excluded", "failed"] as const;
export type Outcome = { kind: (typeof OUTCOMES)[number]; count: number };

/** What a job came to, without the kinds that it has none of. */
export function listOutcomes({ progress }: Pick<Job, "progress">): Outcome[] {
  return OUTCOMES.map((kind) => ({ kind, count: progress[kind] })).filter(({ count }) => count > 0);
}

type Request = {
  kind: string;
  listId?: unknown;
  object?: unknown;
  states?: unknown;
  records?: unknown;
  errorTypes?: unknown;
};

/** Whether a job under way is the one that this request would start. */
export function isSameWork(open: Request, asked: Request): boolean {
  if (open.kind !== asked.kind) return false;
  if (asked.kind === "list_sync") return open.listId === asked.listId;
  const sameErrors = JSON.stringify(open.errorTypes ?? []) === JSON.stringify(asked.errorTypes ?? []);
  return open.object === asked.object && open.records === asked.records && sameErrors;
}
