import { z } from "zod";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { stopJob } from "@/lib/sync/start-job";
import { viewPreview } from "@/lib/sync/view-jobs";

export const POST = defineRoute({
  allow: "sync",
  params: z.object({ id: z.guid() }),
  handle: async ({ caller, params }) => {
    const connectionId = await readCurrentConnectionId();
    const view = () => viewPreview(connectionId, params.id, { outcome: "written", limit: 0 });
    if (!(await view())) throw new Refusal("not_found");
    await stopJob(connectionId, params.id, caller.name);
    return (await view()) ?? {};
  },
});
