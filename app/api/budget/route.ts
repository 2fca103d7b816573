import { defineRoute } from "@/lib/server/route";
import { viewBudget } from "@/lib/sync/view-budget";

export const GET = defineRoute({ allow: "read", handle: () => viewBudget() });
