import type { Run } from "@/lib/contracts/overview";

export type RunProgress = {
  done: number;
  due: number;
  failed: number;
  /** Records per second since the run began; null before the first second or record */
  perSecond: number | null;
  /** Milliseconds left at that rate; null while unknown */
  leftMs: number | null;
};

/** How far a running check is. `now` in epoch ms. */
export function measureRun(run: Run, now: number): RunProgress {
  const done = Math.min(run.due, run.synced + run.unchanged + run.failed + run.excluded);
  const seconds = (now - new Date(run.startedAt).getTime()) / 1_000;
  const perSecond = seconds >= 1 && done > 0 ? done / seconds : null;
  const leftMs = perSecond === null ? null : ((run.due - done) / perSecond) * 1_000;
  return { done, due: run.due, failed: run.failed, perSecond, leftMs };
}
