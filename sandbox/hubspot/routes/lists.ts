import type { Hono } from "hono";
import { z } from "zod";
import { HubSpotError, notFound, validationError } from "../errors";
import {
  answerJson,
  answerNothing,
  type HubSpotContext,
  type HubSpotEnv,
  readJson,
  readList,
  requireScope,
} from "../http";
import { filterBranchSchema } from "../list-filter";
import type { CrmList } from "../list-store";
import type { HubSpotState } from "../state";

/** The person behind the app, as created-by of lists. */
const APP_USER_ID = 9400001;
const MAX_PAGE = 500;

const processingSchema = z.enum(["MANUAL", "DYNAMIC", "SNAPSHOT"]);
const createSchema = z.object({
  name: z.string().min(1),
  objectTypeId: z.string(),
  processingType: processingSchema,
  filterBranch: filterBranchSchema.nullish(),
});
const searchSchema = z.object({
  query: z.string().nullish(),
  processingTypes: z.array(processingSchema).nullish(),
  listIds: z.array(z.union([z.string(), z.number()]).transform(String)).nullish(),
  objectTypeId: z.string().nullish(),
  count: z.number().int().min(0).max(MAX_PAGE).default(20),
  offset: z.number().int().min(0).default(0),
  additionalProperties: z.array(z.string()).default([]),
  sort: z.string().nullish(),
});
type ListSearch = z.output<typeof searchSchema>;

function toIso(at: number): string {
  return new Date(at).toISOString();
}

/** A list as the API shows it; `size` and filters only where they were asked for or always belong. */
export function formatList(list: CrmList, size: number | undefined, includeFilters = false) {
  return {
    listId: list.listId,
    listVersion: list.listVersion,
    name: list.name,
    objectTypeId: list.objectTypeId,
    processingType: list.processingType,
    processingStatus: "COMPLETE",
    ...(size === undefined ? {} : { size }),
    createdAt: toIso(list.createdAt),
    updatedAt: toIso(list.updatedAt),
    filtersUpdatedAt: toIso(list.filtersUpdatedAt),
    ...(list.deletedAt === null ? {} : { deletedAt: toIso(list.deletedAt) }),
    createdById: String(list.userId),
    updatedById: String(list.userId),
    ...(includeFilters && list.filterBranch ? { filterBranch: list.filterBranch } : {}),
  };
}

/** The extra values that a list search may ask for; all are strings. */
function listExtras(state: HubSpotState, list: CrmList, asked: readonly string[]): Record<string, string> {
  const folder = state.lists.folders.find(list.listId);
  const all: Record<string, string | undefined> = {
    hs_list_size: String(state.lists.membersOf(list.listId).size),
    hs_last_record_added_at: list.lastAddedAt === null ? undefined : toIso(list.lastAddedAt),
    hs_last_record_removed_at: list.lastRemovedAt === null ? undefined : toIso(list.lastRemovedAt),
    hs_list_reference_count: "0",
    hs_folder_id: folder.id,
    hs_folder_name: folder.name,
  };
  const wanted = ["hs_list_size", "hs_last_record_added_at", "hs_last_record_removed_at", "hs_folder_id", ...asked];
  return Object.fromEntries(wanted.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

function searchLists(state: HubSpotState, search: ListSearch) {
  const query = search.query?.trim().toLowerCase() ?? "";
  const found = state.lists
    .all()
    .filter(
      (list) =>
        list.name.toLowerCase().includes(query) &&
        (!search.listIds?.length || search.listIds.includes(list.listId)) &&
        (!search.processingTypes?.length || search.processingTypes.includes(list.processingType)) &&
        (!search.objectTypeId || list.objectTypeId === search.objectTypeId),
    );
  const page = found.slice(search.offset, search.offset + search.count);
  return {
    total: found.length,
    hasMore: search.offset + page.length < found.length,
    offset: search.offset + page.length,
    lists: page.map((list) => ({
      ...formatList(list, undefined),
      additionalProperties: listExtras(state, list, search.additionalProperties),
    })),
  };
}

/** Mounts lists under `prefix` (`/crm/v3/lists`, `/crm/lists/2026-09`). */
export function mountListRoutes(app: Hono<HubSpotEnv>, prefix: string, state: HubSpotState): void {
  const show = (c: HubSpotContext, list: CrmList) =>
    formatList(list, state.lists.membersOf(list.listId).size, c.req.query("includeFilters") === "true");
  app.post(prefix, async (c) => {
    requireScope(c, "crm.lists.write");
    const list = state.lists.create(await readJson(c, createSchema), APP_USER_ID);
    return answerJson(c, { list: formatList(list, state.lists.membersOf(list.listId).size, true) }, 200, 1);
  });
  app.get(prefix, (c) => {
    requireScope(c, "crm.lists.read");
    const asked = readList(c, "listIds");
    const lists = state.lists.all().filter((list) => asked.length === 0 || asked.includes(list.listId));
    return answerJson(c, { lists: lists.map((list) => show(c, list)) }, 200, lists.length);
  });
  app.post(`${prefix}/search`, async (c) => {
    requireScope(c, "crm.lists.read");
    return answerJson(c, searchLists(state, await readJson(c, searchSchema)));
  });
  app.get(`${prefix}/idmapping`, (c) => answerJson(c, mapLegacyId(c.req.query("legacyListId") ?? "")));
  app.post(`${prefix}/idmapping`, async (c) => {
    const ids = await readJson(c, z.array(z.coerce.string()));
    return answerJson(c, { missingLegacyListIds: [], legacyListIdsToIdsMapping: ids.map(mapLegacyId) });
  });
  app.get(`${prefix}/object-type-id/:typeId/name/:name`, (c) => {
    requireScope(c, "crm.lists.read");
    const { typeId, name } = c.req.param();
    const list = state.lists.findByName(state.findStore(typeId)?.type.typeId ?? typeId, name);
    if (!list) {
      throw new HubSpotError(404, { ...notFound().body, message: `List does not exist with name ${name}.` });
    }
    return answerJson(c, { list: show(c, list) }, 200, 1);
  });
  app.get(`${prefix}/:listId{\\d+}`, (c) => {
    requireScope(c, "crm.lists.read");
    return answerJson(c, { list: show(c, state.lists.get(c.req.param("listId"))) }, 200, 1);
  });
  mountListChanges(app, `${prefix}/:listId{\\d+}`, state, show);
}

/** Ids of the old lists API were carried over one to one here. */
function mapLegacyId(legacyListId: string) {
  return { legacyListId, listId: legacyListId };
}

function mountListChanges(
  app: Hono<HubSpotEnv>,
  one: string,
  state: HubSpotState,
  show: (c: HubSpotContext, list: CrmList) => object,
): void {
  const idOf = (c: HubSpotContext) => {
    requireScope(c, "crm.lists.write");
    return c.req.param("listId") ?? "";
  };
  app.delete(one, (c) => {
    state.lists.remove(idOf(c));
    return answerNothing();
  });
  app.put(`${one}/restore`, (c) => {
    state.lists.restore(idOf(c));
    return answerNothing();
  });
  app.put(`${one}/update-list-name`, (c) => {
    const name = c.req.query("listName");
    if (!name) throw validationError("listName is required");
    return answerJson(c, { updatedList: show(c, state.lists.rename(idOf(c), name)) }, 200, 1);
  });
  app.put(`${one}/update-list-filters`, async (c) => {
    const { filterBranch } = await readJson(c, z.object({ filterBranch: filterBranchSchema }));
    return answerJson(c, { updatedList: show(c, state.lists.changeFilters(idOf(c), filterBranch)) }, 200, 1);
  });
}
