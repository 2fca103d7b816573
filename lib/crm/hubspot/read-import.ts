import { z } from "zod";
import type { HubSpotReading } from "@/lib/decide/record-types";
import type { ImportFilter, ImportPage } from "../face";
import type { OpenObject } from "./open-object";
import { readByIds } from "./read-records";
import { recordSchema, toReading } from "./record-format";

/** HubSpot's largest search page. */
const PAGE_SIZE = 200;
/** HubSpot refuses longer search bodies; counted in characters. */
const MAX_BODY = 3_000;

const searchSchema = z.looseObject({ total: z.number(), results: z.array(recordSchema) });

/**
 * One page of the records that an import takes, by rising id: edits meanwhile shift nothing, and the vendor's end of a
 * search at 10,000 results is never met. `place` is the last id of the page before.
 */
export async function readImport(
  open: OpenObject,
  filter: ImportFilter,
  place: string | null,
  properties: string[],
): Promise<ImportPage<HubSpotReading>> {
  const asked = [...new Set([...properties, open.stamp])];
  const full = buildSearch(open, filter, place, asked);
  const isTooLong = JSON.stringify(full).length > MAX_BODY;
  const page = await open.call({
    method: "POST",
    path: open.paths.search,
    body: isTooLong ? buildSearch(open, filter, place, [open.stamp]) : full,
    isWrite: false,
    isSearch: true,
    reply: searchSchema,
  });
  const ids = page.results.map((record) => record.id);
  const readings = isTooLong
    ? await readByIds(open, ids, properties)
    : page.results.map((record) => toReading(record, properties));
  const isLast = page.results.length < PAGE_SIZE;
  return { readings, next: isLast ? null : (ids.at(-1) ?? null), total: place === null ? page.total : null };
}

function buildSearch(open: OpenObject, filter: ImportFilter, place: string | null, properties: string[]): object {
  const { createdFrom, createdTo, modifiedFrom, blank = [] } = filter;
  const filters = [
    { propertyName: "hs_object_id", operator: "GT", value: place ?? "0" },
    ...(createdFrom === null ? [] : [{ propertyName: open.created, operator: "GTE", value: String(createdFrom) }]),
    ...(createdTo === null ? [] : [{ propertyName: open.created, operator: "LT", value: String(createdTo) }]),
    ...(modifiedFrom === null ? [] : [{ propertyName: open.stamp, operator: "GTE", value: String(modifiedFrom) }]),
    ...blank.map((propertyName) => ({ propertyName, operator: "NOT_HAS_PROPERTY" })),
  ];
  return {
    filterGroups: [{ filters }],
    sorts: [{ propertyName: "hs_object_id", direction: "ASCENDING" }],
    properties,
    limit: PAGE_SIZE,
    after: "0",
  };
}
