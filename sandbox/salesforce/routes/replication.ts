import { badRequest } from "../errors";
import type { ObjectDef } from "../schema";
import { formatStamp, parseStamp } from "../stamps";
import type { OrgState } from "../state";
import type { Row } from "../table";
import { findPathObject, type OrgApp, type OrgContext, sendJson } from "./context";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** The recycle bin and its log reach back 15 days, the list of updates 30. */
const DELETED_DAYS = 15;
const UPDATED_DAYS = 30;

/** Seconds do not count: both ends are cut to the minute. */
function readWindow(c: OrgContext, state: OrgState, days: number): { start: number; end: number } {
  // A bare "+" of an offset arrives as a space.
  const read = (name: string) => parseStamp((c.req.query(name) ?? "").replace(/ (\d{2}:?\d{2})$/, "+$1"));
  const [from, to] = [read("start"), read("end")];
  if (from === undefined || to === undefined)
    throw badRequest("INVALID_REPLICATION_DATE", "start and end must be dates in ISO 8601");
  const start = Math.floor(from / MINUTE) * MINUTE;
  const end = Math.floor(to / MINUTE) * MINUTE;
  if (start >= end)
    throw badRequest("INVALID_REPLICATION_DATE", "endDate must be at least one minute greater than startDate");
  if (start < state.clock.now() - days * DAY)
    throw badRequest(
      "INVALID_REPLICATION_DATE",
      `startDate before org replication enabled date or more than ${days} days ago`,
    );
  return { start, end };
}

function listChanged(state: OrgState, def: ObjectDef, start: number, end: number, deleted: boolean): Row[] {
  const until = formatStamp(end);
  const rows: Row[] = [];
  for (const row of state.table(def.name).readSince(formatStamp(start), false)) {
    if (row.SystemModstamp >= until) continue;
    if (row.IsDeleted === deleted) rows.push(row);
  }
  return rows;
}

/** `/sobjects/{X}/updated` and `/deleted`. */
export function mountReplication(app: OrgApp, state: OrgState): void {
  const base = "/services/data/:version/sobjects/:object";
  const coveredBy = (end: number) => formatStamp(Math.min(end, Math.floor(state.clock.now() / MINUTE) * MINUTE));
  app.get(`${base}/updated`, (c) => {
    const def = findPathObject(state, c.req.param("object"));
    const { start, end } = readWindow(c, state, UPDATED_DAYS);
    const ids = listChanged(state, def, start, end, false).map((row) => row.Id);
    c.env.call.records = ids.length;
    return sendJson({ ids, latestDateCovered: coveredBy(end) });
  });
  app.get(`${base}/deleted`, (c) => {
    const def = findPathObject(state, c.req.param("object"));
    const { start, end } = readWindow(c, state, DELETED_DAYS);
    const rows = listChanged(state, def, start, end, true);
    c.env.call.records = rows.length;
    return sendJson({
      deletedRecords: rows.map((row) => ({ id: row.Id, deletedDate: row.SystemModstamp })),
      earliestDateAvailable: formatStamp(Math.max(state.clock.now() - DELETED_DAYS * DAY, state.setup.binEmptiedAt)),
      latestDateCovered: coveredBy(end),
    });
  });
}
