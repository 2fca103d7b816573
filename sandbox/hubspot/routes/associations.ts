import type { Hono } from "hono";
import { z } from "zod";
import { associate, dissociate, listAssociations } from "../associate";
import { associationSpecSchema, nameOfKind } from "../association-requests";
import { formatType } from "../association-store";
import type { RecordRef } from "../change-feed";
import { HubSpotError, notFound, validationError } from "../errors";
import {
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  makeApiChange,
  readJson,
  readPageSize,
  requireScope,
} from "../http";
import { listScopes, type ObjectType, singularOf } from "../object-types";
import type { HubSpotState } from "../state";

/** How a generation of the API writes ids and codes: v4 has numbers where the newer ones have strings. */
export type AssociationDialect = { version: "v4" | "2026-03" | "2026-09"; showId(id: string): string | number };

/** The type that a path names. Throws 400 for an unknown one. */
export function readType(state: HubSpotState, spelling: string): ObjectType {
  const store = state.findStore(spelling);
  if (!store) throw validationError(`Unable to infer object type from: ${spelling}`);
  return store.type;
}

/** Throws 403 unless the caller may do this with both types. */
export function requireBothScopes(c: HubSpotContext, types: readonly ObjectType[], right: "read" | "write"): void {
  for (const type of types) requireScope(c, ...listScopes(type, right));
}

/** The live record of a single call; merged-away ids lead on. Throws 404. */
export function readRef(state: HubSpotState, type: ObjectType, id: string): RecordRef {
  const record = state.storeOf(type).resolve(id);
  if (!record) throw notFound({ id: [id] });
  return { type, id: record.id };
}

type Ends = { from: RecordRef; toType: ObjectType };

function readEnds(c: HubSpotContext, state: HubSpotState, right: "read" | "write"): Ends {
  const fromType = readType(state, c.req.param("from") ?? "");
  const toType = readType(state, c.req.param("to") ?? "");
  requireBothScopes(c, [fromType, toType], right);
  return { from: readRef(state, fromType, c.req.param("id") ?? ""), toType };
}

/** What a single association answers: both ends and the labels between them. */
export function formatPair(state: HubSpotState, from: RecordRef, to: RecordRef, dialect: AssociationDialect) {
  const link = state.associations.list(from, to.type).find((one) => one.id === to.id);
  return {
    fromObjectTypeId: from.type.typeId,
    fromObjectId: dialect.showId(from.id),
    toObjectTypeId: to.type.typeId,
    toObjectId: dialect.showId(to.id),
    labels: (link?.types ?? []).flatMap((kind) => (kind.label === null ? [] : [kind.label])),
  };
}

/** What associating by default answers, once for each direction. */
export function formatDefaultPair(state: HubSpotState, from: RecordRef, to: RecordRef) {
  const kind = state.associations.types.getDefault(from.type, to.type);
  const show = (a: RecordRef, b: RecordRef, { category, typeId }: typeof kind) => ({
    from: { id: a.id },
    to: { id: b.id },
    associationSpec: { associationCategory: category, associationTypeId: typeId },
  });
  return [show(from, to, kind), show(to, from, state.associations.types.invert(kind))];
}

function listAssociated(c: HubSpotContext, state: HubSpotState, dialect: AssociationDialect): Response {
  const { from, toType } = readEnds(c, state, "read");
  const limit = readPageSize(c, 500, 500);
  const links = listAssociations(state, from, toType).sort((a, b) => Number(a.id) - Number(b.id));
  const after = Number(c.req.query("after") ?? 0);
  const page = links.filter((link) => Number(link.id) > after).slice(0, limit);
  const results = page.map(({ id, types }) => ({
    toObjectId: dialect.showId(id),
    associationTypes: types.map(formatType),
  }));
  const last = page.at(-1)?.id;
  const hasMore = last !== undefined && last !== links.at(-1)?.id;
  const link = new URL(c.req.url);
  if (hasMore) link.searchParams.set("after", last);
  const paging = hasMore ? { paging: { next: { after: last, link: link.toString() } } } : {};
  return answerJson(c, { results, ...paging }, 200, results.length);
}

/** Mounts the calls on one record's associations under `objects` (`/crm/v4/objects`, `/crm/objects/2026-09`). */
export function mountAssociationRoutes(
  app: Hono<HubSpotEnv>,
  objects: string,
  dialect: AssociationDialect,
  state: HubSpotState,
): void {
  const base = `${objects}/:from/:id/associations`;
  app.get(`${base}/:to`, (c) => listAssociated(c, state, dialect));
  app.put(`${base}/default/:to/:toId`, (c) => {
    const { from, toType } = readEnds(c, state, "write");
    const to = readRef(state, toType, c.req.param("toId"));
    const change = makeApiChange(c, state.clock.now());
    associate(state, from, to, [], change);
    const at = new Date(change.at).toISOString();
    const results = formatDefaultPair(state, from, to);
    return answerJson(c, { status: "COMPLETE", results, startedAt: at, completedAt: at }, 200, 1);
  });
  app.put(`${base}/:to/:toId`, async (c) => {
    const { from, toType } = readEnds(c, state, "write");
    const specs = await readJson(c, z.array(associationSpecSchema).min(1));
    const to = readRef(state, toType, c.req.param("toId"));
    const kinds = specs.map((spec) =>
      state.associations.types.get(from.type, toType, spec.associationCategory, spec.associationTypeId),
    );
    associate(state, from, to, kinds, makeApiChange(c, state.clock.now()));
    return answerJson(c, formatPair(state, from, to, dialect), 201, 1);
  });
  app.delete(`${base}/:to/:toId`, (c) => {
    const { from, toType } = readEnds(c, state, "write");
    const to = { type: toType, id: c.req.param("toId") };
    dissociate(state, from, to, makeApiChange(c, state.clock.now()));
    c.env.call.records = 1;
    return answerNothing();
  });
}

/** Reads the last path part of the v3 calls: a type id, or a name like `contact_to_company`. */
function readOldKind(state: HubSpotState, from: ObjectType, to: ObjectType, given: string) {
  const name = `${singularOf(from)}_to_${singularOf(to)}`;
  const kinds = state.associations.types.listBetween(from, to);
  const isNumber = /^\d+$/.test(given);
  const found = kinds.find((kind) =>
    isNumber ? kind.typeId === Number(given) : nameOfKind(name, kind, true) === given || kind.name === given,
  );
  const plain = given === name ? kinds.find((kind) => kind.label === null) : undefined;
  if (!found && !plain) {
    throw new HubSpotError(400, validationError(`${given} is not a valid association type`).body);
  }
  return found ?? plain;
}

/** Mounts the older calls on one record's associations, which name the kind in the path (v3). */
export function mountOldAssociationRoutes(app: Hono<HubSpotEnv>, objects: string, state: HubSpotState): void {
  const base = `${objects}/:from/:id/associations/:to`;
  app.get(base, (c) => {
    const { from, toType } = readEnds(c, state, "read");
    const name = `${singularOf(from.type)}_to_${singularOf(toType)}`;
    const results = listAssociations(state, from, toType).flatMap(({ id, types }) =>
      types.map((kind) => ({ id, type: nameOfKind(name, kind, types.length > 1) })),
    );
    return answerJson(c, { results }, 200, results.length);
  });
  app.put(`${base}/:toId/:kind`, (c) => {
    const { from, toType } = readEnds(c, state, "write");
    const to = readRef(state, toType, c.req.param("toId"));
    const kind = readOldKind(state, from.type, toType, c.req.param("kind"));
    associate(state, from, to, kind ? [kind] : [], makeApiChange(c, state.clock.now()));
    const record = state.findRecord(from);
    return answerJson(c, { id: from.id, properties: record?.properties ?? {}, archived: false }, 200, 1);
  });
  app.delete(`${base}/:toId/:kind`, (c) => {
    const { from, toType } = readEnds(c, state, "write");
    dissociate(state, from, { type: toType, id: c.req.param("toId") }, makeApiChange(c, state.clock.now()));
    return answerNothing();
  });
}
