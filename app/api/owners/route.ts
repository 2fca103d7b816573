import { defineRoute } from "@/lib/server/route";
import { viewOwners } from "@/lib/sync/view-owners";

/** Owners of HubSpot beside users of Salesforce (spec O1). */
export const GET = defineRoute({ allow: "read", handle: () => viewOwners() });
