import { defineRoute } from "@/lib/server/route";
import { viewConnection } from "@/lib/sync/view-connection";

export const GET = defineRoute({ allow: "read", handle: () => viewConnection() });
