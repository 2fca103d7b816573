import { defineRoute } from "@/lib/server/route";
import { viewStages } from "@/lib/sync/view-stages";

/** Lifecycle stages, lead statuses and deal stages of both sides, and how they meet by themselves (spec L1, P2). */
export const GET = defineRoute({ allow: "read", handle: () => viewStages() });
