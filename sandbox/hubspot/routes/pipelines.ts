import type { Hono } from "hono";
import { z } from "zod";
import { validationError } from "../errors";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv, readJson, requireScope } from "../http";
import type { ObjectStore } from "../object-store";
import { listScopes } from "../object-types";
import type { PipelineSet } from "../pipelines";
import type { HubSpotState } from "../state";
import { readStore } from "./objects";

const metadataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const stageSchema = z.object({
  label: z.string().min(1),
  displayOrder: z.number().int().default(0),
  metadata: metadataSchema.default({}),
});
const stageChangeSchema = z.object({
  label: z.string().min(1).optional(),
  displayOrder: z.number().int().optional(),
  archived: z.boolean().optional(),
  metadata: metadataSchema.optional(),
});
const pipelineSchema = z.object({
  label: z.string().min(1),
  displayOrder: z.number().int().default(0),
  stages: z.array(stageSchema),
});
const pipelineChangeSchema = stageChangeSchema.omit({ metadata: true });

/** A stage or pipeline that records stand in is only removed when the caller waives the check. */
function refuseInUse(c: HubSpotContext, store: ObjectStore, property: string | undefined, id: string): void {
  const wanted =
    c.req.query("validateReferencesBeforeDelete") === "true" ||
    c.req.query("validateDealStageUsagesBeforeDelete") === "true";
  if (!wanted || !property) return;
  for (const record of store.all()) {
    if (record.properties[property] !== id) continue;
    throw validationError(`${id} is still in use by records of ${store.type.name}.`, {
      subCategory: "PipelineError.STAGE_ID_IN_USE",
    });
  }
}

function pipelineOf(c: HubSpotContext): string {
  return c.req.param("pipeline") ?? "";
}

/** Mounts pipelines and stages of deals and tickets under `prefix`. */
export function mountPipelineRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const open = (c: HubSpotContext, right: "read" | "write"): { store: ObjectStore; set: PipelineSet } => {
    const store = readStore(c, state);
    requireScope(c, ...listScopes(store.type, right), `crm.schemas.${store.type.scopes}.${right}`);
    if (!store.type.stage) throw validationError(`Object type ${store.type.typeId} does not support pipelines`);
    return { store, set: store.pipelines };
  };
  const now = () => state.clock.now();
  const one = `${prefix}/:type/:pipeline`;
  app.get(`${prefix}/:type`, (c) => answerJson(c, { results: open(c, "read").set.list() }));
  app.post(`${prefix}/:type`, async (c) =>
    answerJson(c, open(c, "write").set.create(await readJson(c, pipelineSchema), now()), 201),
  );
  app.get(one, (c) => answerJson(c, open(c, "read").set.get(pipelineOf(c))));
  app.patch(one, async (c) =>
    answerJson(c, open(c, "write").set.update(pipelineOf(c), await readJson(c, pipelineChangeSchema), now())),
  );
  app.put(one, async (c) =>
    answerJson(c, open(c, "write").set.replace(pipelineOf(c), await readJson(c, pipelineSchema), now())),
  );
  app.delete(one, (c) => {
    const { store, set } = open(c, "write");
    refuseInUse(c, store, store.type.stage?.pipeline, pipelineOf(c));
    set.remove(pipelineOf(c));
    return answerNothing();
  });
  mountStageRoutes(app, `${one}/stages`, now, open);
}

function mountStageRoutes(
  app: Hono<HubSpotEnv>,
  stages: string,
  now: () => number,
  open: (c: HubSpotContext, right: "read" | "write") => { store: ObjectStore; set: PipelineSet },
): void {
  const stageOf = (c: HubSpotContext) => c.req.param("stage") ?? "";
  app.get(stages, (c) => answerJson(c, { results: open(c, "read").set.get(pipelineOf(c)).stages }));
  app.post(stages, async (c) => {
    const stage = open(c, "write").set.createStage(pipelineOf(c), await readJson(c, stageSchema), now());
    return answerJson(c, stage, 201);
  });
  app.get(`${stages}/:stage`, (c) => answerJson(c, open(c, "read").set.getStage(pipelineOf(c), stageOf(c))));
  app.on(["PATCH", "PUT"], `${stages}/:stage`, async (c) => {
    const change = await readJson(c, stageChangeSchema);
    return answerJson(c, open(c, "write").set.updateStage(pipelineOf(c), stageOf(c), change, now()));
  });
  app.delete(`${stages}/:stage`, (c) => {
    const { store, set } = open(c, "write");
    refuseInUse(c, store, store.type.stage?.stage, stageOf(c));
    set.removeStage(pipelineOf(c), stageOf(c));
    return answerNothing();
  });
}
