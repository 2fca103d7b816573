import { z } from "zod";
import { previewQuerySchema } from "@/lib/contracts/jobs";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewPreview } from "@/lib/sync/view-jobs";

export const GET = defineRoute({
  allow: "read",
  params: z.object({ id: z.guid() }),
  query: previewQuerySchema,
  handle: async ({ params, query }) => {
    const preview = await viewPreview(await readCurrentConnectionId(), params.id, query);
    if (!preview) throw new Refusal("not_found");
    return preview;
  },
});
