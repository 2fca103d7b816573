import { writeAudit } from "@/lib/access/write-audit";
import { brakeDecisionSchema } from "@/lib/contracts/brake";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { decideBrake } from "@/lib/sync/decide-brake";
import { viewBrake } from "@/lib/sync/view-brake";

/** The run that waits for a person's word, with its preview (spec C4). */
export const GET = defineRoute({
  allow: "read",
  handle: async () => ({ brake: await viewBrake(await readCurrentConnectionId()) }),
});

export const POST = defineRoute({
  allow: "configure",
  body: brakeDecisionSchema,
  handle: async ({ caller, body }) => {
    const connectionId = await readCurrentConnectionId();
    const decided = await decideBrake(connectionId, body, caller.name);
    if (!decided) throw new Refusal("changed_meanwhile");
    await writeAudit(caller.name, "brake_decided", connectionId, { ...body, ...decided });
    return decided;
  },
});
