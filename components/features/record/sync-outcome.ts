import type { ApiProblem } from "@/lib/browser/api-client";
import type { SyncResult } from "@/lib/contracts/records";

export type RefusalKey = "alreadyRunning" | "suspended" | "notConnected" | "unavailable" | "notAllowed" | "notStarted";

const REFUSALS: Partial<Record<ApiProblem["code"], RefusalKey>> = {
  already_running: "alreadyRunning",
  connection_suspended: "suspended",
  not_connected: "notConnected",
  crm_unavailable: "unavailable",
  not_allowed: "notAllowed",
};

/** Which words tell a refused *Sync now*. */
export function readRefusal(code: ApiProblem["code"]): RefusalKey {
  return REFUSALS[code] ?? "notStarted";
}

/** Colour of the toast that tells the result. */
export function toneOfResult(result: Pick<SyncResult, "outcome">): "ok" | "info" | "fail" {
  if (result.outcome === "failed") return "fail";
  return result.outcome === "excluded" || result.outcome === "interrupted" ? "info" : "ok";
}
