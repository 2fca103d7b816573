import { z } from "zod";
import { disconnectSide } from "@/lib/access/disconnect-side";
import { writeAudit } from "@/lib/access/write-audit";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewConnection } from "@/lib/sync/view-connection";

/** Revokes the grant at the vendor and forgets the tokens. */
export const DELETE = defineRoute({
  allow: "configure",
  params: z.object({ side: z.enum(["hubspot", "salesforce"]) }),
  handle: async ({ caller, params }) => {
    const id = await readCurrentConnectionId();
    const revoked = await disconnectSide(id, params.side);
    await writeAudit(caller.name, "disconnected", id, { side: params.side, revoked });
    return viewConnection();
  },
});
