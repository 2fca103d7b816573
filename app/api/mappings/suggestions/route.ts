import { mappedObjectQuerySchema } from "@/lib/contracts/mappings";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewSuggestions } from "@/lib/sync/view-mappings";

export const GET = defineRoute({
  allow: "read",
  query: mappedObjectQuerySchema,
  handle: async ({ query }) => viewSuggestions(await readCurrentConnectionId(), query.object),
});
