import { z } from "zod";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewTimeline } from "@/lib/sync/view-records";

const query = z.object({
  before: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const GET = defineRoute({
  allow: "read",
  params: z.object({ id: z.guid() }),
  query,
  handle: async ({ params, query: { before, limit } }) => {
    const timeline = await viewTimeline(await readCurrentConnectionId(), params.id, { before, limit });
    if (!timeline) throw new Refusal("not_found");
    return timeline;
  },
});
