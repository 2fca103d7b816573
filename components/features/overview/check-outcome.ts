import type { Run } from "@/lib/contracts/overview";

export type CheckOutcome = Pick<Run, "status" | "synced" | "failed" | "message">;

/**
 * What a press on "Check now" led to: all checks that ended since, as one. Another process may have helped it and ended
 * first; what went wrong in one of them went wrong. Null while none has ended.
 *
 * @param runs newest first
 * @param before the newest check that had ended when the button was pressed
 */
export function tellCheckOutcome(runs: readonly Run[], before: string | undefined): CheckOutcome | null {
  const ended = runs.filter((run) => run.kind === "check" && run.status !== "running");
  const place = ended.findIndex((run) => run.id === before);
  const since = place < 0 ? ended : ended.slice(0, place);
  const told = since.find((run) => run.status !== "done") ?? since[0];
  if (!told) return null;
  const sum = (of: "synced" | "failed") => since.reduce((total, run) => total + run[of], 0);
  return { status: told.status, message: told.message, synced: sum("synced"), failed: sum("failed") };
}
