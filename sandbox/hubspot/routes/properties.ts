import type { Context, Hono } from "hono";
import { z } from "zod";
import { refuseTooManyInputs } from "../batch";
import { HubSpotError } from "../errors";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv, readJson, requireScope } from "../http";
import type { ObjectStore } from "../object-store";
import { listScopes, TICKETS } from "../object-types";
import type { PropertyDefinition } from "../property-definition";
import type { NewProperty } from "../schema";
import type { HubSpotState } from "../state";
import { readStore } from "./objects";

const optionSchema = z
  .object({
    label: z.string(),
    value: z.string(),
    description: z.string().nullish(),
    displayOrder: z.number().int().optional(),
    hidden: z.boolean().optional(),
  })
  .transform((option) => ({
    label: option.label,
    value: option.value,
    description: option.description ?? "",
    displayOrder: option.displayOrder ?? -1,
    hidden: option.hidden ?? false,
  }));
const changeable = {
  description: z.string().optional(),
  options: z.array(optionSchema).optional(),
  displayOrder: z.number().int().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  numberDisplayHint: z.enum(["formatted", "unformatted", "currency", "percentage", "duration"]).optional(),
};
const newPropertySchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  groupName: z.string(),
  hasUniqueValue: z.boolean().optional(),
  externalOptions: z.boolean().optional(),
  ...changeable,
});
const changeSchema = z.object({
  label: z.string().optional(),
  type: z.string().optional(),
  fieldType: z.string().optional(),
  groupName: z.string().optional(),
  ...changeable,
});
const namesSchema = z.object({ archived: z.boolean().default(false), inputs: z.array(z.object({ name: z.string() })) });
const newGroupSchema = z.object({ name: z.string(), label: z.string(), displayOrder: z.number().int().optional() });
const groupChangeSchema = z.object({ label: z.string().optional(), displayOrder: z.number().int().optional() });

function requireSchemaScope(c: HubSpotContext, store: ObjectStore, right: "read" | "write"): void {
  const scope = `crm.schemas.${store.type.scopes}.${right}`;
  // Listing properties is also open to whoever may read the records.
  if (right === "read" || store.type === TICKETS) requireScope(c, scope, ...listScopes(store.type, right));
  else requireScope(c, scope);
}

function createProperty(store: ObjectStore, input: NewProperty, now: number): PropertyDefinition {
  const definition = store.schema.create(input, now);
  if (definition.hasUniqueValue) store.indexUnique(definition.name);
  return definition;
}

function runPropertyBatch<I>(inputs: readonly I[], work: (input: I) => PropertyDefinition) {
  const results: PropertyDefinition[] = [];
  const errors: HubSpotError["body"][] = [];
  for (const input of inputs) {
    try {
      results.push(work(input));
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      errors.push(error.body);
    }
  }
  return { results, errors };
}

function answerPropertyBatch(
  c: HubSpotContext,
  outcome: { results: PropertyDefinition[]; errors: HubSpotError["body"][] },
  now: number,
  success: number,
): Response {
  const { results, errors } = outcome;
  const at = new Date(now).toISOString();
  const failures = errors.length > 0 ? { numErrors: errors.length, errors } : {};
  const body = { status: "COMPLETE", results, ...failures, startedAt: at, completedAt: at };
  const isPartial = errors.length > 0 && !c.req.path.includes("2026-09");
  return answerJson(c, body, isPartial ? 207 : success);
}

/** Mounts property definitions, their batches and groups under `prefix`. */
export function mountPropertyRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const base = `${prefix}/:type`;
  const open = (c: Context<HubSpotEnv>, right: "read" | "write") => {
    const store = readStore(c, state);
    requireSchemaScope(c, store, right);
    return store;
  };
  mountGroupRoutes(app, base, open);
  mountPropertyBatches(app, base, state, open);
  app.get(base, (c) => {
    const results = open(c, "read").schema.list(c.req.query("archived") === "true");
    return answerJson(c, { results }, 200, results.length);
  });
  app.post(base, async (c) => {
    const store = open(c, "write");
    const definition = createProperty(store, await readJson(c, newPropertySchema), state.clock.now());
    return answerJson(c, definition, 201, 1);
  });
  app.get(`${base}/:name`, (c) =>
    answerJson(c, open(c, "read").schema.get(c.req.param("name"), c.req.query("archived") === "true"), 200, 1),
  );
  app.patch(`${base}/:name`, async (c) => {
    const { schema } = open(c, "write");
    const change = await readJson(c, changeSchema);
    return answerJson(c, schema.update(c.req.param("name"), change, state.clock.now()), 200, 1);
  });
  app.delete(`${base}/:name`, (c) => {
    open(c, "write").schema.archive(c.req.param("name"), state.clock.now());
    return answerNothing();
  });
}

type OpenStore = (c: Context<HubSpotEnv>, right: "read" | "write") => ObjectStore;

function mountPropertyBatches(app: Hono<HubSpotEnv>, base: string, state: HubSpotState, open: OpenStore): void {
  app.post(`${base}/batch/read`, async (c) => {
    const { schema } = open(c, "read");
    const { inputs, archived } = await readJson(c, namesSchema);
    refuseTooManyInputs(inputs.length);
    const outcome = runPropertyBatch(inputs, ({ name }) => schema.get(name, archived));
    return answerPropertyBatch(c, outcome, state.clock.now(), 200);
  });
  app.post(`${base}/batch/create`, async (c) => {
    const store = open(c, "write");
    const { inputs } = await readJson(c, z.object({ inputs: z.array(newPropertySchema) }));
    refuseTooManyInputs(inputs.length);
    const outcome = runPropertyBatch(inputs, (input) => createProperty(store, input, state.clock.now()));
    // The newest generation answers 200 here, the older ones 201.
    return answerPropertyBatch(c, outcome, state.clock.now(), base.includes("/2026-09/") ? 200 : 201);
  });
  app.post(`${base}/batch/archive`, async (c) => {
    const { schema } = open(c, "write");
    const { inputs } = await readJson(c, namesSchema);
    for (const { name } of inputs) if (schema.find(name)) schema.archive(name, state.clock.now());
    return answerNothing();
  });
}

function mountGroupRoutes(app: Hono<HubSpotEnv>, base: string, open: OpenStore): void {
  app.get(`${base}/groups`, (c) => answerJson(c, { results: open(c, "read").schema.listGroups() }));
  app.post(`${base}/groups`, async (c) => {
    const { schema } = open(c, "write");
    const { name, label, displayOrder } = await readJson(c, newGroupSchema);
    return answerJson(c, schema.createGroup(name, label, displayOrder), 201);
  });
  app.get(`${base}/groups/:group`, (c) => answerJson(c, open(c, "read").schema.getGroup(c.req.param("group"))));
  app.patch(`${base}/groups/:group`, async (c) => {
    const { schema } = open(c, "write");
    return answerJson(c, schema.updateGroup(c.req.param("group"), await readJson(c, groupChangeSchema)));
  });
  app.delete(`${base}/groups/:group`, (c) => {
    open(c, "write").schema.archiveGroup(c.req.param("group"));
    return answerNothing();
  });
}
