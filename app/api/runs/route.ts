import { runListQuerySchema } from "@/lib/contracts/runs";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewRuns } from "@/lib/sync/view-runs";

/** Checks and syncs, newest first. */
export const GET = defineRoute({
  allow: "read",
  query: runListQuerySchema,
  handle: async ({ query }) => viewRuns(await readCurrentConnectionId(), query),
});
