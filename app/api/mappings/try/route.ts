import { mappingTryInputSchema } from "@/lib/contracts/mappings";
import { CrmCallError } from "@/lib/crm/face";
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
    try {
      const trial = await tryMapping(await readCurrentConnectionId(), recordId, { object, values });
      if (trial === null) throw new Refusal("not_found");
      return trial;
    } catch (error) {
      if (error instanceof CrmCallError) throw refuseFailure(error.failure);
      throw error;
    }
  },
});
