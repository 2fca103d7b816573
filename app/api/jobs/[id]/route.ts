import { z } from "zod";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewJob } from "@/lib/sync/view-jobs";

export const GET = defineRoute({
  allow: "read",
  params: z.object({ id: z.guid() }),
  handle: async ({ params }) => {
    const job = await viewJob(await readCurrentConnectionId(), params.id);
    if (!job) throw new Refusal("not_found");
    return job;
  },
});
