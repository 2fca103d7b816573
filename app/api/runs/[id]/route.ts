import { z } from "zod";
import { runDetailQuerySchema } from "@/lib/contracts/runs";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewRunDetail } from "@/lib/sync/view-runs";

/** One run with what it did to which record. */
export const GET = defineRoute({
  allow: "read",
  params: z.object({ id: z.guid() }),
  query: runDetailQuerySchema,
  handle: async ({ params, query }) => {
    const detail = await viewRunDetail(await readCurrentConnectionId(), params.id, query);
    if (!detail) throw new Refusal("not_found");
    return detail;
  },
});
