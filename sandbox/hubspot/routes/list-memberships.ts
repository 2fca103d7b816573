import type { Hono } from "hono";
import { z } from "zod";
import { validationError } from "../errors";
import {
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  readJson,
  readPageSize,
  requireScope,
} from "../http";
import type { Changed } from "../list-store";
import type { HubSpotState } from "../state";
import { readType } from "./associations";

const DEFAULT_PAGE = 100;
const MAX_PAGE = 250;
/** HubSpot takes this many ids in one change. */
const MAX_IDS = 100_000;

const idsSchema = z.array(z.union([z.string(), z.number()]).transform(String)).max(MAX_IDS);
const bothSchema = z.object({ recordIdsToAdd: idsSchema.default([]), recordIdsToRemove: idsSchema.default([]) });
const batchSchema = z.object({
  inputs: z.array(
    z.object({ objectTypeId: z.string(), recordId: z.union([z.string(), z.number()]).transform(String) }),
  ),
});

type Member = readonly [recordId: string, joinedAt: number];

function readCursor(given: string | undefined): number | undefined {
  if (given === undefined || given === "") return undefined;
  const index = Number(Buffer.from(given, "base64url").toString("utf8"));
  if (!Number.isInteger(index) || index < 0) throw validationError(`Invalid paging cursor: ${given}`);
  return index;
}

function makeCursor(index: number): string {
  return Buffer.from(String(index)).toString("base64url");
}

/** One page of members; `after` and `before` are opaque places in the order. */
function pageMembers(c: HubSpotContext, members: Member[]): Response {
  const limit = readPageSize(c, DEFAULT_PAGE, MAX_PAGE);
  const before = readCursor(c.req.query("before"));
  const start = before === undefined ? (readCursor(c.req.query("after")) ?? 0) : Math.max(0, before - limit);
  const end = Math.min(start + limit, members.length);
  const link = (name: string, index: number) => {
    const url = new URL(c.req.url);
    url.search = "";
    url.searchParams.set(name, makeCursor(index));
    return url.toString();
  };
  const next = end < members.length ? { next: { after: makeCursor(end), link: link("after", end) } } : {};
  const prev = start > 0 ? { prev: { before: makeCursor(start), link: link("before", start) } } : {};
  const paging = Object.keys({ ...next, ...prev }).length > 0 ? { paging: { ...next, ...prev } } : {};
  const results = members
    .slice(start, end)
    .map(([recordId, at]) => ({ recordId, membershipTimestamp: new Date(at).toISOString() }));
  return answerJson(c, { results, ...paging, total: members.length }, 200, results.length);
}

function listMembers(state: HubSpotState, listId: string): Member[] {
  state.lists.get(listId);
  return [...state.lists.membersOf(listId)];
}

/** The odd spelling `recordsIdsAdded` is HubSpot's. */
function answerChange(c: HubSpotContext, { added, removed, missing }: Changed): Response {
  const body = { recordIdsRemoved: removed, recordsIdsAdded: added, recordIdsMissing: missing };
  return answerJson(c, body, 200, added.length + removed.length);
}

function formatMembership({ list, joinedAt }: ReturnType<HubSpotState["lists"]["listsOf"]>[number]) {
  const at = new Date(joinedAt).toISOString();
  return {
    listId: list.listId,
    listVersion: list.listVersion,
    firstAddedTimestamp: at,
    lastAddedTimestamp: at,
    isPublicList: false,
  };
}

/** Mounts the members of lists under `prefix`: pages by id and by joining, changes by hand, and look-ups by record. */
export function mountListMembershipRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const members = `${prefix}/:listId{\\d+}/memberships`;
  app.get(members, (c) => {
    requireScope(c, "crm.lists.read");
    return pageMembers(
      c,
      listMembers(state, c.req.param("listId") ?? "").sort((a, b) => Number(a[0]) - Number(b[0])),
    );
  });
  app.get(`${members}/join-order`, (c) => {
    requireScope(c, "crm.lists.read");
    return pageMembers(c, listMembers(state, c.req.param("listId") ?? ""));
  });
  app.get(`${prefix}/records/:typeId/:recordId/memberships`, (c) => {
    requireScope(c, "crm.lists.read");
    const type = readType(state, c.req.param("typeId"));
    const results = state.lists.listsOf(type.typeId, c.req.param("recordId")).map(formatMembership);
    return answerJson(c, { results, total: results.length }, 200, results.length);
  });
  app.post(`${prefix}/records/memberships/batch/read`, async (c) => {
    requireScope(c, "crm.lists.read");
    const { inputs } = await readJson(c, batchSchema);
    const at = new Date(state.clock.now()).toISOString();
    const results = inputs.flatMap(({ objectTypeId, recordId }) =>
      state.lists.listsOf(readType(state, objectTypeId).typeId, recordId).map((one) => ({
        ...formatMembership(one),
        objectTypeId,
        recordId,
      })),
    );
    return answerJson(c, { status: "COMPLETE", results, startedAt: at, completedAt: at }, 200, results.length);
  });
  mountMemberChanges(app, members, state);
}

function mountMemberChanges(app: Hono<HubSpotEnv>, members: string, state: HubSpotState): void {
  const idOf = (c: HubSpotContext) => {
    requireScope(c, "crm.lists.write");
    return c.req.param("listId") ?? "";
  };
  app.put(`${members}/add`, async (c) =>
    answerChange(c, state.lists.change(idOf(c), await readJson(c, idsSchema), [])),
  );
  app.put(`${members}/remove`, async (c) =>
    answerChange(c, state.lists.change(idOf(c), [], await readJson(c, idsSchema))),
  );
  app.put(`${members}/add-and-remove`, async (c) => {
    const { recordIdsToAdd, recordIdsToRemove } = await readJson(c, bothSchema);
    return answerChange(c, state.lists.change(idOf(c), recordIdsToAdd, recordIdsToRemove));
  });
  app.put(`${members}/add-from/:sourceId`, (c) => {
    state.lists.addFrom(idOf(c), c.req.param("sourceId"));
    return answerNothing();
  });
  app.delete(members, (c) => {
    state.lists.empty(idOf(c));
    return answerNothing();
  });
}
