import { configFileSchema } from "@/lib/contracts/config-file";
import { defineRoute } from "@/lib/server/route";
import { readBasis } from "@/lib/store/jobs";
import { previewConfig } from "@/lib/sync/config-file";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";

/** X5: compares and checks; changes nothing. */
export const POST = defineRoute({
  allow: "configure",
  body: configFileSchema,
  handle: async ({ body }) => {
    const id = await readCurrentConnectionId();
    const basis = await readBasis(id);
    return { ...(await previewConfig(id, body)), basis };
  },
});
