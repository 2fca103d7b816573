import { after } from "next/server";
import { writeAudit } from "@/lib/access/write-audit";
import { getLog } from "@/lib/server/log";
import { Refusal } from "@/lib/server/problem";
import { defineRoute, jsonResponse } from "@/lib/server/route";
import { readCurrentConnection } from "@/lib/sync/current-connection";
import { runSync } from "@/lib/sync/run-sync";
import { viewOverview } from "@/lib/sync/view-overview";

/** A check by hand may take its time; what is left after it stays due for the worker. */
const BUDGET_MS = 10 * 60_000;

/** Asks both systems now; the work goes on after the answer. `started: false` = one is running already. */
export const POST = defineRoute({
  allow: "sync",
  handle: async ({ caller, requestId }) => {
    const { id, status } = await readCurrentConnection();
    if (status === "setup") throw new Refusal("not_connected");
    if (status === "suspended") throw new Refusal("connection_suspended");
    if ((await viewOverview()).checkRunning) return jsonResponse({ started: false }, 202);
    await writeAudit(caller.name, "check_started", id);
    after(async () => {
      try {
        await runSync(id, { budgetMs: BUDGET_MS, kind: "check", by: caller.name });
      } catch (error) {
        getLog().error({ err: error, requestId }, "The check by hand failed");
      }
    });
    return jsonResponse({ started: true }, 202);
  },
});
