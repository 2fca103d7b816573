import { readCurrentConnection } from "@/lib/sync/current-connection";
import { runSync } from "@/lib/sync/run-sync";
import { OperatorError } from "./operator-error";

/** One round works this long; rounds follow each other until nothing is left. */
const ROUND_MS = 60_000;

/**
 * `kakehashi sync`: checks both systems and works until nothing is due.
 * @throws OperatorError when the connection is not active, or its calls are used up.
 */
export async function syncNow(by: string): Promise<void> {
  const connection = await readCurrentConnection();
  if (connection.status !== "active") {
    const why = connection.suspended ? `: ${connection.suspended.reason} ${connection.suspended.detail}` : "";
    throw new OperatorError(`The connection is ${connection.status}${why}`.trim());
  }
  for (let remaining = Number.POSITIVE_INFINITY; ; ) {
    const result = await runSync(connection.id, { budgetMs: ROUND_MS, kind: "check", by });
    if (result.runId === null) {
      throw new OperatorError("Nothing was asked: the connection was paused, or its Salesforce calls are used up.");
    }
    const { synced, failed, excluded, calls, durationMs } = result;
    console.log(
      `${synced} synced, ${failed} failed, ${excluded} excluded, ${result.remaining} left; ` +
        `${calls.hubspot} HubSpot and ${calls.salesforce} Salesforce calls in ${(durationMs / 1_000).toFixed(1)} s`,
    );
    // What is left and does not get less waits for something: its next try, a parent, another worker.
    if (result.remaining === 0 || result.remaining >= remaining) return;
    remaining = result.remaining;
  }
}
