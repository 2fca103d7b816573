import type { Hono } from "hono";
import { z } from "zod";
import type { NewObjectSchema, ObjectSchema } from "../custom-schemas";
import { notFound } from "../errors";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv, readJson, requireScope } from "../http";
import { PORTAL_ID } from "../ids";
import type { HubSpotState } from "../state";

const names = z.array(z.string()).default([]);
const propertySchema = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string().default("string"),
  fieldType: z.string().default("text"),
  groupName: z.string().default(""),
  hasUniqueValue: z.boolean().optional(),
  options: z
    .array(
      z.object({
        label: z.string(),
        value: z.string(),
        description: z.string().default(""),
        displayOrder: z.number().default(-1),
        hidden: z.boolean().default(false),
      }),
    )
    .optional(),
});
const labelsSchema = z.object({ singular: z.string().optional(), plural: z.string().optional() });
const createSchema = z.object({
  name: z.string(),
  labels: labelsSchema,
  description: z.string().optional(),
  primaryDisplayProperty: z.string().optional(),
  secondaryDisplayProperties: names,
  searchableProperties: names,
  requiredProperties: names,
  properties: z.array(propertySchema),
  associatedObjects: names,
});
const changeSchema = z.object({
  labels: labelsSchema.optional(),
  description: z.string().optional(),
  primaryDisplayProperty: z.string().optional(),
  secondaryDisplayProperties: z.array(z.string()).optional(),
  searchableProperties: z.array(z.string()).optional(),
  requiredProperties: z.array(z.string()).optional(),
});
const associationSchema = z.object({ toObjectTypeId: z.string(), name: z.string().optional() });

/** The definition alone, as a change of it is answered. */
function showDefinition({ associations: _apart, ...schema }: ObjectSchema) {
  return {
    ...schema,
    id: schema.objectTypeId.slice(2),
    fullyQualifiedName: `p${PORTAL_ID}_${schema.name}`,
    archived: false,
    allowsSensitiveProperties: false,
  };
}

function show(state: HubSpotState, schema: ObjectSchema) {
  const properties = state.findStore(schema.objectTypeId)?.schema.list() ?? [];
  return { ...showDefinition(schema), associations: schema.associations, properties };
}

/** Mounts custom object types under `prefix` (`/crm-object-schemas/v3/schemas`). */
export function mountSchemaRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const open = (c: HubSpotContext, right: "read" | "write") => {
    requireScope(c, `crm.schemas.custom.${right}`);
    return state.customSchemas;
  };
  const one = `${prefix}/:objectType`;
  const typeOf = (c: HubSpotContext) => c.req.param("objectType") ?? "";
  app.get(prefix, (c) => {
    const results = open(c, "read")
      .list()
      .map((schema) => show(state, schema));
    return answerJson(c, { results }, 200, results.length);
  });
  app.post(prefix, async (c) => {
    const input = (await readJson(c, createSchema)) as NewObjectSchema;
    return answerJson(c, show(state, open(c, "write").create(input)), 201, 1);
  });
  app.get(one, (c) => answerJson(c, show(state, open(c, "read").get(typeOf(c))), 200, 1));
  app.patch(one, async (c) => {
    const change = await readJson(c, changeSchema);
    const schema = open(c, "write").update(typeOf(c), change);
    return answerJson(c, { ...showDefinition(schema), portalId: PORTAL_ID }, 200, 1);
  });
  app.delete(one, (c) => {
    open(c, "write").remove(typeOf(c));
    return answerNothing();
  });
  app.post(`${one}/associations`, async (c) => {
    const { toObjectTypeId, name } = await readJson(c, associationSchema);
    const schemas = open(c, "write");
    const schema = schemas.get(typeOf(c));
    const kind = schemas.associate(schema, toObjectTypeId, name);
    const made = { id: String(kind.typeId), fromObjectTypeId: schema.objectTypeId, toObjectTypeId, name: kind.name };
    return answerJson(c, made, 201, 1);
  });
  app.delete(`${one}/associations/:id`, (c) => {
    open(c, "write").dissociate(typeOf(c), c.req.param("id"));
    return answerNothing();
  });
}

/** Workflows are not simulated; clients that list them get an empty list. */
export function mountFlowRoutes(app: Hono<HubSpotEnv>): void {
  app.get("/automation/v4/flows", (c) => {
    requireScope(c, "automation");
    return answerJson(c, { results: [] });
  });
  app.get("/automation/v4/flows/:id", (c) => {
    requireScope(c, "automation");
    throw notFound();
  });
}
