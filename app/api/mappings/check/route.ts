import { mappingInputSchema } from "@/lib/contracts/mappings";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { checkMapping } from "@/lib/sync/edit-mappings";

/** Findings of a mapping as edited; saves nothing, so reading rights are enough. */
export const POST = defineRoute({
  allow: "read",
  body: mappingInputSchema,
  handle: async ({ body: { object, ...values } }) => ({
    findings: await checkMapping(await readCurrentConnectionId(), object, values),
  }),
});
