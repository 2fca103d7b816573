import type { Hono } from "hono";
import { z } from "zod";
import { formatType } from "../association-store";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv, readJson } from "../http";
import type { HubSpotState } from "../state";
import { readType, requireBothScopes } from "./associations";

const labelSchema = z.object({
  label: z.string().min(1),
  name: z.string().default(""),
  inverseLabel: z.string().nullish(),
});
const changeSchema = z.object({
  associationTypeId: z.coerce.number().int(),
  label: z.string().min(1),
  inverseLabel: z.string().nullish(),
});

/** Mounts the kinds of association between two types under `prefix`: list, define, rename, remove. */
export function mountAssociationLabelRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const path = `${prefix}/:from/:to/labels`;
  const open = (c: HubSpotContext) => {
    const from = readType(state, c.req.param("from") ?? "");
    const to = readType(state, c.req.param("to") ?? "");
    requireBothScopes(c, [from, to], "read");
    return { from, to };
  };
  app.get(path, (c) => {
    const { from, to } = open(c);
    const results = state.associations.types.listBetween(from, to).map(formatType);
    return answerJson(c, { results }, 200, results.length);
  });
  app.post(path, async (c) => {
    const { from, to } = open(c);
    const input = await readJson(c, labelSchema);
    const results = state.associations.types.define(from, to, input).map(formatType);
    return answerJson(c, { results }, 200, results.length);
  });
  app.put(path, async (c) => {
    const { from, to } = open(c);
    const { associationTypeId, label, inverseLabel } = await readJson(c, changeSchema);
    state.associations.types.rename(from, to, associationTypeId, label, inverseLabel);
    return answerNothing();
  });
  app.delete(`${path}/:typeId`, (c) => {
    const { from, to } = open(c);
    state.associations.forgetKinds(state.associations.types.remove(from, to, Number(c.req.param("typeId"))));
    return answerNothing();
  });
}
