import { badRequest, SalesforceError } from "../errors";
import { makeId } from "../ids";
import { prepareQuery } from "../soql/run-query";
import type { OrgState } from "../state";
import type { Row } from "../table";
import { type OrgApp, type OrgContext, sendJson } from "./context";

const MAX_BATCH = 2000;
const MIN_BATCH = 200;
/** Longest URL taken; a SOQL beyond must be split by the client. */
const MAX_URL = 16_384;
const LOCATOR_MS = 2 * 86_400_000;
const KEPT_LOCATORS = 200;

function readBatchSize(c: OrgContext): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(c.req.header("Sforce-Query-Options") ?? "")?.[1] ?? MAX_BATCH);
  return Math.min(MAX_BATCH, Math.max(MIN_BATCH, asked));
}

function sendPage(c: OrgContext, state: OrgState, locatorId: string, from: number): Response {
  const locator = state.locators.get(locatorId);
  if (!locator || state.clock.now() - locator.createdAt > LOCATOR_MS || from > locator.ids.length) {
    throw badRequest("INVALID_QUERY_LOCATOR", "invalid query locator");
  }
  const query = prepareQuery(state, locator.soql, locator.all);
  const table = state.table(query.def.name);
  const to = Math.min(from + locator.batch, locator.ids.length);
  const rows = locator.ids
    .slice(from, to)
    .map((id) => table.get(id))
    .filter((row) => row !== undefined);
  const version = c.get("version");
  const done = to >= locator.ids.length;
  c.env.call.records = rows.length;
  return sendJson({
    totalSize: locator.ids.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `/services/data/${version}/query/${locatorId}-${to}` }),
    records: rows.map((row) => query.project(row, version)),
  });
}

function openLocator(state: OrgState, rows: Row[], soql: string, all: boolean, batch: number): string {
  const id = makeId("0r8", ++state.setup.tokenCounter);
  state.locators.set(id, { ids: rows.map((row) => row.Id), soql, all, batch, createdAt: state.clock.now() });
  for (const old of state.locators.keys()) {
    if (state.locators.size <= KEPT_LOCATORS) break;
    state.locators.delete(old);
  }
  return id;
}

/** Answers a query given as `?q=`; `all` = deleted records too. */
export function handleQuery(c: OrgContext, state: OrgState, all: boolean): Response {
  // A part of a composite request has its query in the body, where that limit does not count.
  if (!c.env.inComposite && c.req.url.length > MAX_URL)
    throw new SalesforceError(414, "URI_TOO_LONG", "The requested URI is too long");
  const soql = c.req.query("q");
  if (soql === undefined) throw badRequest("MALFORMED_QUERY", "A query string has to be specified");
  const query = prepareQuery(state, soql, all);
  if (c.req.query("columns") === "true") return sendJson(query.describe());
  if (query.aggregate) {
    c.env.call.records = query.aggregate.records.length;
    return sendJson({ totalSize: query.aggregate.totalSize, done: true, records: query.aggregate.records });
  }
  const rows = query.findRows();
  const batch = readBatchSize(c);
  if (rows.length > batch) return sendPage(c, state, openLocator(state, rows, soql, all, batch), 0);
  c.env.call.records = rows.length;
  const version = c.get("version");
  return sendJson({ totalSize: rows.length, done: true, records: rows.map((row) => query.project(row, version)) });
}

function refusePost(c: OrgContext): Response {
  throw new SalesforceError(
    405,
    "METHOD_NOT_ALLOWED",
    `HTTP Method '${c.req.method}' not allowed. Allowed are GET, HEAD`,
  );
}

/** `/query`, `/queryAll` and their further pages. */
export function mountQuery(app: OrgApp, state: OrgState): void {
  for (const name of ["query", "queryAll"]) {
    const base = `/services/data/:version/${name}`;
    app.get(base, (c) => handleQuery(c, state, name === "queryAll"));
    app.get(`${base}/:locator`, (c) => {
      const match = /^(.{18})-(\d+)$/.exec(c.req.param("locator"));
      return sendPage(c, state, match?.[1] ?? "", Number(match?.[2] ?? 0));
    });
    app.all(base, refusePost);
  }
}
