import type { Hono } from "hono";
import { z } from "zod";
import { associate } from "../associate";
import {
  associationsSchema,
  formatAssociations,
  readAssociations,
  type WantedAssociation,
} from "../association-requests";
import { type HubSpotError, notFound, validationError } from "../errors";
import {
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  hidesEmails,
  makeApiChange,
  readJson,
  readList,
  readOrigin,
  readPageSize,
  requireScope,
} from "../http";
import { eraseForPrivacy, mergeRecords } from "../merge-records";
import type { ObjectStore } from "../object-store";
import { CONTACTS, listScopes } from "../object-types";
import type { Change, CrmRecord } from "../record";
import type { HubSpotState } from "../state";
import { formatRead, formatWrite, type ReadOptions } from "../wire-format";
import { archiveRecord, checkProperties, createRecord, updateRecord } from "../write-record";

export const propertiesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const createSchema = z.object({ properties: propertiesSchema.default({}), associations: associationsSchema });
const mergeSchema = z.object({ primaryObjectId: z.coerce.string(), objectIdToMerge: z.coerce.string() });
const eraseSchema = z.object({ objectId: z.coerce.string(), idProperty: z.string().nullish() });

/** The store that the path names. Throws 400 for an unknown type, as HubSpot does. */
export function readStore(c: HubSpotContext, state: HubSpotState): ObjectStore {
  const spelling = c.req.param("type") ?? "";
  const store = state.findStore(spelling);
  if (!store) throw validationError(`Unable to infer object type from: ${spelling}`);
  return store;
}

/** Throws 403 without the read or write scope of the store's type. */
export function requireObjectScope(c: HubSpotContext, store: ObjectStore, right: "read" | "write"): void {
  requireScope(c, ...listScopes(store.type, right));
}

/** Makes the associations that a creation carried. */
export function associateNew(
  state: HubSpotState,
  store: ObjectStore,
  record: CrmRecord,
  wanted: readonly WantedAssociation[],
  change: Change,
): CrmRecord {
  for (const { to, kinds } of wanted) associate(state, { type: store.type, id: record.id }, to, kinds, change);
  return store.find(record.id) ?? record;
}

/** A record as a read answers it, with the associations that `?associations=` asks for. */
function formatOne(
  c: HubSpotContext,
  state: HubSpotState,
  store: ObjectStore,
  record: CrmRecord,
  options: ReadOptions,
) {
  const along = formatAssociations(state, store.type, record, readList(c, "associations"));
  const wire = formatRead(record, store.schema, options);
  return along ? { ...wire, associations: along } : wire;
}

/** Finds by a unique property (or `email`); undefined when there is none. Throws 400 for a property that is not unique. */
export function findByProperty(store: ObjectStore, idProperty: string, key: string): CrmRecord | undefined {
  if (idProperty === "email" && store.type === CONTACTS) return store.findByEmail(key);
  if (store.schema.find(idProperty)?.hasUniqueValue) return store.findByUnique(idProperty, key);
  throw validationError(`Property "${idProperty}" of ${store.type.typeId} is not a unique property`);
}

/** Single calls: by id (merged-away ids lead on) or by `?idProperty=`. */
function findOne(c: HubSpotContext, store: ObjectStore): CrmRecord | undefined {
  const key = c.req.param("id") ?? "";
  const idProperty = c.req.query("idProperty");
  if (idProperty && idProperty !== "hs_object_id") return findByProperty(store, idProperty, key);
  return store.resolve(key);
}

function readOptions(c: HubSpotContext): ReadOptions {
  return {
    properties: readList(c, "properties"),
    withHistory: readList(c, "propertiesWithHistory"),
    origin: readOrigin(c),
    hidesEmails: hidesEmails(c),
  };
}

function listRecords(c: HubSpotContext, state: HubSpotState, store: ObjectStore): Response {
  const options = readOptions(c);
  const limit = readPageSize(c, 10, options.withHistory.length > 0 ? 50 : 100);
  const after = c.req.query("after");
  if (after !== undefined && !/^\d*$/.test(after)) throw validationError(`Invalid paging cursor: ${after}`);
  const { records, hasMore } = store.listPage(after || undefined, limit, c.req.query("archived") === "true");
  const results = records.map((record) => formatOne(c, state, store, record, options));
  const last = results.at(-1)?.id;
  if (!hasMore || last === undefined) return answerJson(c, { results }, 200, results.length);
  const link = new URL(c.req.url);
  link.searchParams.set("after", last);
  return answerJson(c, { results, paging: { next: { after: last, link: link.toString() } } }, 200, results.length);
}

function getRecord(c: HubSpotContext, state: HubSpotState, store: ObjectStore): Response {
  const isArchived = c.req.query("archived") === "true";
  const record = isArchived ? store.findArchived(c.req.param("id") ?? "") : findOne(c, store);
  if (!record) throw notFound();
  return answerJson(c, formatOne(c, state, store, record, readOptions(c)), 200, 1);
}

/** Mounts list, single reads and writes, merge and privacy deletion of every object type under `prefix`. */
export function mountObjectRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const base = `${prefix}/:type`;
  app.get(base, (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "read");
    return listRecords(c, state, store);
  });
  app.post(base, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { properties, associations } = await readJson(c, createSchema);
    const values = checkProperties(store, undefined, properties, state);
    const wanted = readAssociations(state, store.type, associations);
    const change = makeApiChange(c, state.clock.now());
    const record = associateNew(state, store, createRecord(store, values, change), wanted, change);
    return answerJson(c, formatWrite(record, store.schema, Object.keys(values), readOrigin(c)), 201, 1);
  });
  app.post(`${base}/merge`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { primaryObjectId, objectIdToMerge } = await readJson(c, mergeSchema);
    const change = makeApiChange(c, state.clock.now());
    const record = mergeRecords(state, store, primaryObjectId, objectIdToMerge, change);
    return answerJson(c, formatRead(record, store.schema, readOptions(c)), 200, 2);
  });
  app.post(`${base}/gdpr-delete`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { objectId, idProperty } = await readJson(c, eraseSchema);
    eraseForPrivacy(state, store, objectId, idProperty ?? undefined, state.clock.now());
    c.env.call.records = 1;
    return answerNothing();
  });
  app.get(`${base}/:id`, (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "read");
    return getRecord(c, state, store);
  });
  app.patch(`${base}/:id`, async (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    const { properties } = await readJson(c, createSchema);
    const current = findOne(c, store);
    if (!current) throw notFound();
    const values = checkProperties(store, current, properties, state);
    const record = updateRecord(store, current, values, makeApiChange(c, state.clock.now()));
    return answerJson(c, formatWrite(record, store.schema, Object.keys(values), readOrigin(c)), 200, 1);
  });
  app.delete(`${base}/:id`, (c) => {
    const store = readStore(c, state);
    requireObjectScope(c, store, "write");
    archiveRecord(store, c.req.param("id"), state.clock.now());
    c.env.call.records = 1;
    return answerNothing();
  });
}

/** 400 of batch writes by `email` and alike where HubSpot takes record ids and unique properties only. */
export function refuseNonUnique(store: ObjectStore, idProperty: string): HubSpotError {
  return validationError(
    `Unable to perform update/upsert by non-unique ${store.type.typeId} property. Property: ${idProperty}`,
  );
}
