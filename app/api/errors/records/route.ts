import { errorRecordsQuerySchema } from "@/lib/contracts/errors";
import { linkBase } from "@/lib/server/link-base";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewErrorRecords } from "@/lib/sync/view-errors";
import { readErrorFilter } from "../error-filter";

/** The records behind the numbers, each with the error object of its card. */
export const GET = defineRoute({
  allow: "read",
  query: errorRecordsQuerySchema,
  handle: async ({ query }) => {
    const { cursor, limit } = query;
    return viewErrorRecords(await readCurrentConnectionId(), readErrorFilter(query), { cursor, limit }, linkBase());
  },
});
