import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewSuggestions } from "@/lib/sync/view-mappings";

export const GET = defineRoute({
  allow: "read",
  handle: async () => viewSuggestions(await readCurrentConnectionId()),
});
