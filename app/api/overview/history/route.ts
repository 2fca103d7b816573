import { historyQuerySchema } from "@/lib/contracts/overview";
import { defineRoute } from "@/lib/server/route";
import { viewHistory } from "@/lib/sync/view-overview";

export const GET = defineRoute({
  allow: "read",
  query: historyQuerySchema,
  handle: ({ query }) => viewHistory(query.object, query.days),
});
