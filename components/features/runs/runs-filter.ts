import type { Run } from "@/lib/contracts/overview";

export const RUN_KINDS = ["check", "manual", "events", "job"] as const satisfies readonly Run["kind"][];
export const RUN_STATUSES = ["running", "done", "failed", "interrupted"] as const satisfies readonly Run["status"][];
export const JOB_STATUSES = ["open", "done", "cancelled", "failed"] as const;

export type RunFilter = { kind: Run["kind"] | null; status: Run["status"] | null };
export type JobFilter = (typeof JOB_STATUSES)[number] | null;
export type RunsTab = "runs" | "jobs";

type Params = Pick<URLSearchParams, "get">;

/** What the page's address asks for; what is unknown there filters nothing. */
export function readRunFilter(params: Params): RunFilter {
  return {
    kind: RUN_KINDS.find((kind) => kind === params.get("kind")) ?? null,
    status: RUN_STATUSES.find((status) => status === params.get("status")) ?? null,
  };
}

export function readJobFilter(params: Params): JobFilter {
  return JOB_STATUSES.find((status) => status === params.get("status")) ?? null;
}

export function readTab(params: Params): RunsTab {
  return params.get("tab") === "jobs" ? "jobs" : "runs";
}

/** Milliseconds that a run took, or takes until now. `now` in epoch ms. */
export function durationOf(run: Pick<Run, "startedAt" | "finishedAt">, now: number): number {
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt);
  return Math.max(0, end - Date.parse(run.startedAt));
}
