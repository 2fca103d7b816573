import { errorSummaryQuerySchema } from "@/lib/contracts/errors";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewErrors } from "@/lib/sync/view-errors";
import { readErrorFilter } from "./error-filter";

/** What fails by category and type, and why records do not take part (spec E2). */
export const GET = defineRoute({
  allow: "read",
  query: errorSummaryQuerySchema,
  handle: async ({ query }) => {
    const errors = await viewErrors(await readCurrentConnectionId(), readErrorFilter(query));
    if (!errors) throw new Refusal("not_found");
    return errors;
  },
});
