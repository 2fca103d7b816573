import type { Hono } from "hono";
import { z } from "zod";
import { associationsSchema, readAssociations } from "../association-requests";
import { type BatchOutcome, refuseDuplicates, refuseTooManyInputs, runBatch } from "../batch";
import { batchNotFoundBody, HubSpotError } from "../errors";
import {
  type ApiVersion,
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  hidesEmails,
  makeApiChange,
  readJson,
  readOrigin,
} from "../http";
import type { ObjectStore } from "../object-store";
import { CONTACTS } from "../object-types";
import type { Change, CrmRecord } from "../record";
import type { HubSpotState } from "../state";
import { formatRead, formatWrite } from "../wire-format";
import { archiveRecord, checkProperties, createRecord, updateRecord } from "../write-record";
import {
  associateNew,
  findByProperty,
  propertiesSchema,
  readStore,
  refuseNonUnique,
  requireObjectScope,
} from "./objects";

const idSchema = z.union([z.string(), z.number()]).transform(String);
const readSchema = z.object({
  idProperty: z.string().nullish(),
  inputs: z.array(z.object({ id: idSchema })),
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
});
const createSchema = z.object({
  inputs: z.array(
    z.object({
      properties: propertiesSchema.default({}),
      associations: associationsSchema,
      objectWriteTraceId: z.string().nullish(),
    }),
  ),
});
const writeSchema = z.object({
  inputs: z.array(
    z.object({
      id: idSchema,
      idProperty: z.string().nullish(),
      properties: propertiesSchema.default({}),
      objectWriteTraceId: z.string().nullish(),
    }),
  ),
});
const archiveSchema = z.object({ inputs: z.array(z.object({ id: idSchema })) });
type WriteInput = z.output<typeof writeSchema>["inputs"][number];
/** A checked write: with `current` an update, without it a creation. */
type Prepared = { current: CrmRecord | undefined; values: Record<string, string> };

/**
 * Answers a batch. Partial failure is 207 on v3 and 2026-03; 2026-09 knows no 207 and tells it in the body alone.
 */
function answerBatch(
  c: HubSpotContext,
  version: ApiVersion,
  outcome: BatchOutcome,
  success: 200 | 201,
  startedAt: number,
  now: number,
): Response {
  const { results, errors } = outcome;
  const body = {
    status: "COMPLETE",
    results,
    ...(errors.length > 0 ? { numErrors: errors.length, errors } : {}),
    startedAt: new Date(startedAt).toISOString(),
    completedAt: new Date(now).toISOString(),
  };
  const status = errors.length > 0 && version !== "2026-09" ? 207 : success;
  return answerJson(c, body, status, results.length + errors.length);
}

function notInBatch(store: ObjectStore, id: string): HubSpotError {
  return new HubSpotError(404, batchNotFoundBody(store.type.label, [id]));
}

async function readBatch(c: HubSpotContext, store: ObjectStore): Promise<BatchOutcome> {
  const { inputs, idProperty, properties, propertiesWithHistory } = await readJson(c, readSchema);
  refuseTooManyInputs(inputs.length);
  const isArchived = c.req.query("archived") === "true";
  const find = (key: string) => {
    if (idProperty && idProperty !== "hs_object_id") return findByProperty(store, idProperty, key);
    return isArchived ? store.findArchived(key) : store.find(key);
  };
  const options = {
    properties,
    withHistory: propertiesWithHistory,
    origin: readOrigin(c),
    hidesEmails: hidesEmails(c),
  };
  const found = new Map<string, CrmRecord>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const record = find(id);
    if (record) found.set(record.id, record);
    else if (!store.isMergedAway(id)) missing.push(id);
  }
  const results = [...found.values()].map((record) => formatRead(record, store.schema, options));
  return { results, errors: missing.length > 0 ? [batchNotFoundBody(store.type.label, missing)] : [] };
}

/** Batch update goes by record id or a unique property; a contact's `email` is refused (seen in the field in 2024). */
function findForUpdate(store: ObjectStore, { id, idProperty }: WriteInput): CrmRecord | undefined {
  if (!idProperty || idProperty === "hs_object_id") return store.find(id);
  if (!store.schema.find(idProperty)?.hasUniqueValue) throw refuseNonUnique(store, idProperty);
  return store.findByUnique(idProperty, id);
}

function checkUpdate(
  store: ObjectStore,
  state: HubSpotState,
  input: WriteInput,
  claimed: Set<string> | undefined,
): Prepared | undefined {
  const current = findForUpdate(store, input);
  if (!current && store.isMergedAway(input.id)) return undefined;
  if (!current) throw notInBatch(store, input.id);
  return { current, values: checkProperties(store, current, input.properties, { isOwner: state.isOwner, claimed }) };
}

function checkUpsert(
  store: ObjectStore,
  state: HubSpotState,
  input: WriteInput,
  claimed: Set<string> | undefined,
): Prepared | undefined {
  const { id, idProperty } = input;
  if (!idProperty || idProperty === "hs_object_id") return checkUpdate(store, state, input, claimed);
  const isEmail = idProperty === "email" && store.type === CONTACTS;
  if (!isEmail && !store.schema.find(idProperty)?.hasUniqueValue) throw refuseNonUnique(store, idProperty);
  const current = findByProperty(store, idProperty, id);
  // The key is a value like any other when it makes a record; an additional address must not become the primary one.
  const given = current ? input.properties : { ...input.properties, [idProperty]: id };
  return { current, values: checkProperties(store, current, given, { isOwner: state.isOwner, claimed }) };
}

function commitWrite(store: ObjectStore, { current, values }: Prepared, change: Change): CrmRecord {
  // An earlier input of the same batch may have changed the record since it was checked.
  const latest = current && (store.find(current.id) ?? current);
  return latest ? updateRecord(store, latest, values, change) : createRecord(store, values, change);
}

/** Mounts the batch calls of every object type under `prefix`. Must be mounted before the single calls. */
export function mountBatchRoutes(
  app: Hono<HubSpotEnv>,
  prefix: string,
  version: ApiVersion,
  state: HubSpotState,
): void {
  const base = `${prefix}/:type/batch`;
  app.post(`${base}/read`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "read");
    const startedAt = state.clock.now();
    return answerBatch(c, version, await readBatch(c, store), 200, startedAt, state.clock.now());
  });
  app.post(`${base}/create`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { inputs } = await readJson(c, createSchema);
    const change = makeApiChange(c, state.clock.now());
    const outcome = runBatch(inputs, {
      check: (input, claimed) => ({
        values: checkProperties(store, undefined, input.properties, { isOwner: state.isOwner, claimed }),
        wanted: readAssociations(state, store.type, input.associations),
      }),
      commit: ({ values, wanted }) => {
        const record = associateNew(state, store, createRecord(store, values, change), wanted, change);
        return formatWrite(record, store.schema, Object.keys(values), readOrigin(c));
      },
    });
    return answerBatch(c, version, outcome, 201, change.at, state.clock.now());
  });
  app.post(`${base}/update`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { inputs } = await readJson(c, writeSchema);
    refuseDuplicates(inputs.map((input) => input.id));
    const change = makeApiChange(c, state.clock.now());
    const outcome = runBatch(inputs, {
      check: (input, claimed) => checkUpdate(store, state, input, claimed),
      commit: (prepared) =>
        formatWrite(commitWrite(store, prepared, change), store.schema, Object.keys(prepared.values), readOrigin(c)),
    });
    return answerBatch(c, version, outcome, 200, change.at, state.clock.now());
  });
  app.post(`${base}/upsert`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { inputs } = await readJson(c, writeSchema);
    refuseDuplicates(inputs.map((input) => (input.idProperty === "email" ? input.id.toLowerCase() : input.id)));
    const change = makeApiChange(c, state.clock.now());
    const outcome = runBatch(inputs, {
      check: (input, claimed) => checkUpsert(store, state, input, claimed),
      commit: (prepared) => ({
        ...formatWrite(commitWrite(store, prepared, change), store.schema, Object.keys(prepared.values), readOrigin(c)),
        new: prepared.current === undefined,
      }),
    });
    return answerBatch(c, version, outcome, 200, change.at, state.clock.now());
  });
  app.post(`${base}/archive`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { inputs } = await readJson(c, archiveSchema);
    refuseTooManyInputs(inputs.length);
    for (const { id } of inputs) if (store.find(id)) archiveRecord(store, id, state.clock.now());
    c.env.call.records = inputs.length;
    return answerNothing();
  });
}
