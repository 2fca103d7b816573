import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewMappingFields } from "@/lib/sync/view-mappings";

export const GET = defineRoute({
  allow: "read",
  handle: async () => viewMappingFields(await readCurrentConnectionId()),
});
