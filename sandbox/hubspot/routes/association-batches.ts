import type { Hono } from "hono";
import { z } from "zod";
import { associate, dissociate, listAssociations, unlabel } from "../associate";
import { associationSpecSchema, recordIdSchema } from "../association-requests";
import { formatType } from "../association-store";
import { type ErrorBody, HubSpotError, validationError } from "../errors";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv, makeApiChange, readJson } from "../http";
import { type ObjectType, singularOf } from "../object-types";
import type { HubSpotState } from "../state";
import {
  type AssociationDialect,
  formatDefaultPair,
  formatPair,
  readRef,
  readType,
  requireBothScopes,
} from "./associations";

/** HubSpot's association guide: inputs of one batch. */
const MAX_CREATE = 2000;
const MAX_READ = 1000;
const PAGE = 500;

const refSchema = z.object({ id: recordIdSchema });
const createSchema = z.object({
  inputs: z.array(z.object({ from: refSchema, to: refSchema, types: z.array(associationSpecSchema).min(1) })),
});
const pairSchema = z.object({ inputs: z.array(z.object({ from: refSchema, to: refSchema })) });
const readSchema = z.object({ inputs: z.array(z.object({ id: recordIdSchema, after: z.string().nullish() })) });
const archiveSchema = z.object({ inputs: z.array(z.object({ from: refSchema, to: z.array(refSchema) })) });

type Outcome = { results: unknown[]; errors: ErrorBody[] };
type Open = (c: HubSpotContext, right: "read" | "write") => { from: ObjectType; to: ObjectType };

function refuseTooMany(count: number, most: number): void {
  if (count > most) throw validationError(`The maximum number of inputs supported is ${most}, but ${count} were given`);
}

/** Runs each input for itself; what HubSpot refuses becomes an entry of `errors`. */
function runEach<I>(inputs: readonly I[], work: (input: I) => unknown[]): Outcome {
  const outcome: Outcome = { results: [], errors: [] };
  for (const input of inputs) {
    try {
      outcome.results.push(...work(input));
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      outcome.errors.push(error.body);
    }
  }
  return outcome;
}

function answerOutcome(
  c: HubSpotContext,
  { results, errors }: Outcome,
  dialect: AssociationDialect,
  success: 200 | 201,
  now: number,
): Response {
  const at = new Date(now).toISOString();
  const failures = errors.length > 0 ? { numErrors: errors.length, errors } : {};
  const body = { status: "COMPLETE", results, ...failures, startedAt: at, completedAt: at };
  const status = errors.length > 0 && dialect.version !== "2026-09" ? 207 : success;
  return answerJson(c, body, status, results.length + errors.length);
}

/** v4 archives with 204, the date-based generations with 200 and a body. */
function answerArchived(c: HubSpotContext, dialect: AssociationDialect, now: number, count: number): Response {
  c.env.call.records = count;
  if (dialect.version === "v4") return answerNothing();
  return answerOutcome(c, { results: [], errors: [] }, dialect, 200, now);
}

function noAssociations(from: ObjectType, to: ObjectType, id: string): HubSpotError {
  return new HubSpotError(404, {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
    message: `No ${singularOf(to)} is associated with ${singularOf(from)} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [singularOf(from)], toObjectType: [singularOf(to)] },
  });
}

function readLinks(
  state: HubSpotState,
  from: ObjectType,
  to: ObjectType,
  input: { id: string; after?: string | null | undefined },
  dialect: AssociationDialect,
) {
  const links = listAssociations(state, { type: from, id: input.id }, to);
  if (links.length === 0) throw noAssociations(from, to, input.id);
  const start = Number(input.after ?? 0);
  const page = links.slice(start, start + PAGE);
  const next = start + PAGE < links.length ? { paging: { next: { after: String(start + PAGE), link: "" } } } : {};
  return [
    {
      from: { id: input.id },
      to: page.map(({ id, types }) => ({
        toObjectId: dialect.showId(id),
        associationTypes: types.map(formatType),
      })),
      ...next,
    },
  ];
}

/** Mounts the batches under `prefix` (`/crm/v4/associations`, `/crm/associations/2026-09`). */
export function mountAssociationBatchRoutes(
  app: Hono<HubSpotEnv>,
  prefix: string,
  dialect: AssociationDialect,
  state: HubSpotState,
): void {
  const base = `${prefix}/:from/:to/batch`;
  const open: Open = (c, right) => {
    const from = readType(state, c.req.param("from") ?? "");
    const to = readType(state, c.req.param("to") ?? "");
    requireBothScopes(c, [from, to], right);
    return { from, to };
  };
  mountCreateBatches(app, base, dialect, state, open);
  mountArchiveBatches(app, base, dialect, state, open);
  app.post(`${base}/read`, async (c) => {
    const { from, to } = open(c, "read");
    const { inputs } = await readJson(c, readSchema);
    refuseTooMany(inputs.length, MAX_READ);
    const outcome = runEach(inputs, (input) => readLinks(state, from, to, input, dialect));
    return answerOutcome(c, outcome, dialect, 200, state.clock.now());
  });
}

function mountCreateBatches(
  app: Hono<HubSpotEnv>,
  base: string,
  dialect: AssociationDialect,
  state: HubSpotState,
  open: Open,
): void {
  app.post(`${base}/create`, async (c) => {
    const { from, to } = open(c, "write");
    const { inputs } = await readJson(c, createSchema);
    refuseTooMany(inputs.length, MAX_CREATE);
    const change = makeApiChange(c, state.clock.now());
    const outcome = runEach(inputs, (input) => {
      const kinds = input.types.map((one) =>
        state.associations.types.get(from, to, one.associationCategory, one.associationTypeId),
      );
      const a = readRef(state, from, input.from.id);
      const b = readRef(state, to, input.to.id);
      associate(state, a, b, kinds, change);
      return [formatPair(state, a, b, dialect)];
    });
    return answerOutcome(c, outcome, dialect, dialect.version === "2026-09" ? 200 : 201, change.at);
  });
  app.post(`${base}/associate/default`, async (c) => {
    const { from, to } = open(c, "write");
    const { inputs } = await readJson(c, pairSchema);
    refuseTooMany(inputs.length, MAX_CREATE);
    state.associations.types.getDefault(from, to);
    const change = makeApiChange(c, state.clock.now());
    const outcome = runEach(inputs, (input) => {
      const a = readRef(state, from, input.from.id);
      const b = readRef(state, to, input.to.id);
      associate(state, a, b, [], change);
      return formatDefaultPair(state, a, b);
    });
    return answerOutcome(c, outcome, dialect, 200, change.at);
  });
}

function mountArchiveBatches(
  app: Hono<HubSpotEnv>,
  base: string,
  dialect: AssociationDialect,
  state: HubSpotState,
  open: Open,
): void {
  app.post(`${base}/archive`, async (c) => {
    const { from, to } = open(c, "write");
    const { inputs } = await readJson(c, archiveSchema);
    refuseTooMany(inputs.length, MAX_CREATE);
    const change = makeApiChange(c, state.clock.now());
    for (const input of inputs) {
      for (const { id } of input.to) {
        dissociate(state, { type: from, id: input.from.id }, { type: to, id }, change);
      }
    }
    return answerArchived(c, dialect, change.at, inputs.length);
  });
  app.post(`${base}/labels/archive`, async (c) => {
    const { from, to } = open(c, "write");
    const { inputs } = await readJson(c, createSchema);
    refuseTooMany(inputs.length, MAX_CREATE);
    const change = makeApiChange(c, state.clock.now());
    for (const input of inputs) {
      const kinds = input.types.map((one) =>
        state.associations.types.get(from, to, one.associationCategory, one.associationTypeId),
      );
      unlabel(state, { type: from, id: input.from.id }, { type: to, id: input.to.id }, kinds, change);
    }
    return answerArchived(c, dialect, change.at, inputs.length);
  });
}
