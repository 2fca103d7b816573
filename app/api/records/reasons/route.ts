import { recordReasonsQuerySchema } from "@/lib/contracts/records";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewReasons } from "@/lib/sync/view-records";

/** What a list can be narrowed to: its errors and its reasons, with their numbers. */
export const GET = defineRoute({
  allow: "read",
  query: recordReasonsQuerySchema,
  handle: async ({ query }) => viewReasons(await readCurrentConnectionId(), query.object),
});
