import { z } from "zod";
import { writeAudit } from "@/lib/access/write-audit";
import { mappingDeleteQuerySchema, mappingPatchSchema } from "@/lib/contracts/mappings";
import { refuseMapping } from "@/lib/server/refuse-mapping";
import { defineRoute } from "@/lib/server/route";
import { readMapping } from "@/lib/store/field-mappings";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { changeMapping, removeMapping } from "@/lib/sync/edit-mappings";
import { viewMapping } from "@/lib/sync/view-mappings";

const params = z.object({ id: z.guid() });

export const PATCH = defineRoute({
  allow: "configure",
  params,
  body: mappingPatchSchema,
  handle: async ({ caller, params: { id }, body }) => {
    const connectionId = await readCurrentConnectionId();
    const { version, ...values } = body;
    const before = await readMapping(connectionId, id);
    const result = await changeMapping(connectionId, id, { version, values }, caller.name);
    if (result.kind !== "saved") throw refuseMapping(result);
    const { hubspotProperty } = result.mapping;
    await writeAudit(caller.name, "mapping_changed", connectionId, { id, hubspotProperty, before, change: values });
    return viewMapping(result.mapping);
  },
});

export const DELETE = defineRoute({
  allow: "configure",
  params,
  query: mappingDeleteQuerySchema,
  handle: async ({ caller, params: { id }, query }) => {
    const connectionId = await readCurrentConnectionId();
    const result = await removeMapping(connectionId, id, query.version, caller.name);
    if (result.kind !== "removed") throw refuseMapping(result);
    await writeAudit(caller.name, "mapping_deleted", connectionId, { before: result.mapping });
    return new Response(null, { status: 204 });
  },
});
