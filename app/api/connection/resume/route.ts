import { writeAudit } from "@/lib/access/write-audit";
import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { resumeSync } from "@/lib/sync/change-connection";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewConnection } from "@/lib/sync/view-connection";

export const POST = defineRoute({
  allow: "sync",
  handle: async ({ caller }) => {
    const id = await readCurrentConnectionId();
    const result = await resumeSync(id);
    if (result.kind === "refused") throw refuseFailure(result.failure);
    if (result.kind !== "resumed") throw new Refusal(result.kind);
    await writeAudit(caller.name, "resumed", id);
    return viewConnection();
  },
});
