import { conflictQuerySchema } from "@/lib/contracts/conflicts";
import { linkBase } from "@/lib/server/link-base";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewConflicts } from "@/lib/sync/view-conflicts";
import { readConflictFilter } from "./conflict-filter";

/** Fields that were edited on both sides, and which value won (spec X3). */
export const GET = defineRoute({
  allow: "read",
  query: conflictQuerySchema,
  handle: async ({ query }) => {
    const { cursor, limit } = query;
    return viewConflicts(await readCurrentConnectionId(), readConflictFilter(query), { cursor, limit }, linkBase());
  },
});
