import { mappingTryInputSchema } from "@/lib/contracts/mappings";
import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { tryMapping } from "@/lib/sync/try-mapping";

/** What a mapping as edited would do with one record; both CRMs are read, nothing is written or saved. */
export const POST = defineRoute({
  allow: "configure",
  body: mappingTryInputSchema,
  handle: async ({ body: { object, recordId, ...values } }) => {
    const result = await tryMapping(await readCurrentConnectionId(), recordId, { object, values });
    if (result.kind === "not_found") throw new Refusal("not_found");
    if (result.kind === "refused") throw refuseFailure(result.failure);
    return result.trial;
  },
});
