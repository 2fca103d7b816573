import { z } from "zod";
import type { HubSpotReading } from "@/lib/decide/record-types";
import type { ChangeCursor, ChangePage } from "../face";
import type { OpenObject } from "./open-object";
import { readByIds } from "./read-records";
import { type HubSpotRecord, readStamp, recordSchema, toReading } from "./record-format";

/** HubSpot's largest search page. */
const PAGE_SIZE = 200;
/** HubSpot refuses longer search bodies; counted in characters. */
const MAX_BODY = 3000;
/** Values that IN and NOT_IN take. */
const MAX_EXCLUDED = 100;
/** Marks a cursor that walks one stamp by rising id: everything at `stamp` up to this id was returned. */
const WALK = ">";

const searchSchema = z.looseObject({ total: z.number(), results: z.array(recordSchema) });

type Filter = { propertyName: string; operator: string; value?: string; values?: string[] };

/**
 * One page of records by rising modification stamp, each page a search of its own: the vendor's `after` counts
 * positions, which shift when a record is edited meanwhile, and ends at 10,000.
 *
 * Search sorts by one property only and promises nothing about ties. So the cursor's `lastId` names the ids at its
 * stamp that were already returned (comma between them), and the next page leaves exactly those out. When more than
 * 100 share the stamp, that one stamp is walked by id (`>id`), which may return up to one page twice, never too few.
 */
export async function readChanges(
  open: OpenObject,
  cursor: ChangeCursor | null,
  properties: string[],
): Promise<ChangePage<HubSpotReading>> {
  const from = cursor ?? { stamp: 0, lastId: "" };
  const asked = [...new Set([...properties, open.stamp])];
  const full = buildSearch(open, from, asked);
  const isTooLong = JSON.stringify(full).length > MAX_BODY;
  const page = await open.call({
    method: "POST",
    path: open.paths.search,
    body: isTooLong ? buildSearch(open, from, [open.stamp]) : full,
    isWrite: false,
    isSearch: true,
    reply: searchSchema,
  });
  const isComplete = page.results.length < PAGE_SIZE || page.total <= page.results.length;
  const readings = isTooLong
    ? await readValues(open, page.results, properties)
    : page.results.map((record) => toReading(record, properties));
  return { readings, ...moveOn(from, page.results, isComplete) };
}

/** The values, when naming all properties would not fit into a search: ids from search, values by batch read. */
async function readValues(open: OpenObject, found: HubSpotRecord[], properties: string[]): Promise<HubSpotReading[]> {
  return readByIds(
    open,
    found.map((record) => record.id),
    properties,
  );
}

function buildSearch(open: OpenObject, from: ChangeCursor, properties: string[]): object {
  const isWalk = from.lastId.startsWith(WALK);
  return {
    filterGroups: buildFilters(open, from).map((filters) => ({ filters })),
    sorts: [{ propertyName: isWalk ? "hs_object_id" : open.stamp, direction: "ASCENDING" }],
    properties,
    limit: PAGE_SIZE,
    after: "0",
  };
}

/** Groups are joined by OR, the filters of a group by AND. */
function buildFilters(open: OpenObject, { stamp, lastId }: ChangeCursor): Filter[][] {
  const modified = (operator: string): Filter => ({
    propertyName: open.stamp,
    operator,
    value: String(stamp),
  });
  const at = [modified("GTE"), modified("LTE")];
  if (lastId.startsWith(WALK)) {
    return [[...at, { propertyName: "hs_object_id", operator: "GT", value: lastId.slice(WALK.length) }]];
  }
  if (lastId === "") return [[modified("GTE")]];
  return [[...at, { propertyName: "hs_object_id", operator: "NOT_IN", values: lastId.split(",") }], [modified("GT")]];
}

function moveOn(
  from: ChangeCursor,
  found: HubSpotRecord[],
  isComplete: boolean,
): { next: ChangeCursor; isLast: boolean } {
  const last = found.at(-1);
  if (from.lastId.startsWith(WALK)) {
    // The stamp is walked to its end: go on with the next millisecond.
    const isWalked = isComplete || last === undefined;
    const next = isWalked ? { stamp: from.stamp + 1, lastId: "" } : { stamp: from.stamp, lastId: WALK + last.id };
    return { next, isLast: false };
  }
  if (last === undefined) return { next: from, isLast: true };
  const stamp = readStamp(last);
  const returned = found.filter((record) => readStamp(record) === stamp).map((record) => record.id);
  const earlier = stamp === from.stamp && from.lastId !== "" ? from.lastId.split(",") : [];
  const ids = [...new Set([...earlier, ...returned])];
  const manyIds = isComplete ? "" : `${WALK}0`;
  return { next: { stamp, lastId: ids.length > MAX_EXCLUDED ? manyIds : ids.join(",") }, isLast: isComplete };
}
