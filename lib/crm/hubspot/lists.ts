import { z } from "zod";
import { CrmCallError, type HubSpotList, type HubSpotLists, type ListPage } from "../face";
import type { CallHubSpot } from "./call";
import { HUBSPOT_PATHS } from "./paths";

/** HubSpot's largest page of members. */
const MEMBERS_PAGE = 250;
/** Enough to choose from; whoever does not see his list types more of its name. */
const SEARCH_SIZE = 100;
const EXTRAS = ["hs_list_size", "hs_last_record_added_at", "hs_last_record_removed_at"];

const idSchema = z.union([z.string(), z.number()]).transform(String);
const listSchema = z.looseObject({
  listId: idSchema,
  name: z.string(),
  objectTypeId: z.string(),
  processingType: z.string(),
  size: z.number().nullish(),
  deletedAt: z.string().nullish(),
  additionalProperties: z.record(z.string(), z.string().nullable()).nullish(),
});
const searchSchema = z.looseObject({ lists: z.array(listSchema), hasMore: z.boolean().nullish() });
const oneSchema = z.looseObject({ list: listSchema });
const membersSchema = z.looseObject({
  results: z.array(z.looseObject({ recordId: idSchema })),
  paging: z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish(),
});

/** HubSpot's lists. Every function throws CrmCallError when a call fails. */
export function openLists(call: CallHubSpot): HubSpotLists {
  return {
    search: (objectTypeId, text) => search(call, { objectTypeId, query: text, count: SEARCH_SIZE }),
    readByIds: async (ids) => (await search(call, { listIds: ids, count: ids.length })).lists,
    read: (id) => readOne(call, id),
    readMembers: (id, after) => readMembers(call, id, after),
  };
}

/** One call tells name, kind, size and the last joining and leaving of up to 500 lists; deleted ones are absent. */
async function search(
  call: CallHubSpot,
  wanted: Record<string, unknown>,
): Promise<{ lists: HubSpotList[]; hasMore: boolean }> {
  const { lists, hasMore } = await call({
    method: "POST",
    path: HUBSPOT_PATHS.listSearch,
    body: { offset: 0, additionalProperties: EXTRAS, ...wanted },
    isWrite: false,
    reply: searchSchema,
  });
  return { lists: lists.filter((list) => !list.deletedAt).map(toList), hasMore: hasMore ?? false };
}

/** Null when there is no such list (any more): only HubSpot's own 404 says so. */
async function readOne(call: CallHubSpot, id: string): Promise<HubSpotList | null> {
  try {
    const { list } = await call({
      method: "GET",
      path: HUBSPOT_PATHS.list(id),
      isWrite: false,
      reply: oneSchema,
    });
    return list.deletedAt ? null : toList(list);
  } catch (error) {
    if (error instanceof CrmCallError && error.failure.status === 404 && error.failure.code !== "") return null;
    throw error;
  }
}

/** In the order in which they joined: with the place of the last page, newcomers cost one call. */
async function readMembers(call: CallHubSpot, id: string, after: string | null): Promise<ListPage> {
  const { results, paging } = await call({
    method: "GET",
    path: HUBSPOT_PATHS.listJoins(id),
    query: { limit: String(MEMBERS_PAGE), ...(after === null ? {} : { after }) },
    isWrite: false,
    reply: membersSchema,
  });
  return { ids: results.map((one) => one.recordId), next: paging?.next?.after ?? null };
}

function toList(list: z.infer<typeof listSchema>): HubSpotList {
  const extras = list.additionalProperties ?? {};
  return {
    id: list.listId,
    name: list.name,
    objectTypeId: list.objectTypeId,
    isActive: list.processingType === "DYNAMIC",
    size: Number(extras.hs_list_size ?? list.size ?? 0),
    addedAt: extras.hs_last_record_added_at ?? null,
    removedAt: extras.hs_last_record_removed_at ?? null,
  };
}
