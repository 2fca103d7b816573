import { defineRoute } from "@/lib/server/route";
import { viewOverview } from "@/lib/sync/view-overview";

export const GET = defineRoute({ allow: "read", handle: () => viewOverview() });
