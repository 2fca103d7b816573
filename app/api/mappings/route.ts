import { writeAudit } from "@/lib/access/write-audit";
import { mappedObjectQuerySchema, mappingInputSchema } from "@/lib/contracts/mappings";
import { refuseMapping } from "@/lib/server/refuse-mapping";
import { defineRoute, jsonResponse } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { createMapping } from "@/lib/sync/edit-mappings";
import { viewMapping, viewMappings } from "@/lib/sync/view-mappings";

export const GET = defineRoute({
  allow: "read",
  query: mappedObjectQuerySchema,
  handle: async ({ query }) => viewMappings(await readCurrentConnectionId(), query.object),
});

export const POST = defineRoute({
  allow: "configure",
  body: mappingInputSchema,
  handle: async ({ caller, body }) => {
    const id = await readCurrentConnectionId();
    const { object, ...values } = body;
    const result = await createMapping(id, object, values, caller.name);
    if (result.kind !== "saved") throw refuseMapping(result);
    await writeAudit(caller.name, "mapping_created", id, { after: body });
    return jsonResponse(viewMapping(result.mapping), 201);
  },
});
