import { mappedObjectQuerySchema } from "@/lib/contracts/mappings";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewMappingFields } from "@/lib/sync/view-mappings";

export const GET = defineRoute({
  allow: "read",
  query: mappedObjectQuerySchema,
  handle: async ({ query }) => viewMappingFields(await readCurrentConnectionId(), query.object),
});
