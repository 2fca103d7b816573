import { mapLimited, splitIntoBatches } from "../batches";
import type { CallSalesforce } from "./call";
import { callComposite, MAX_PARTS, readPart } from "./composite";
import type { SalesforcePaths } from "./paths";
import { type QueryPage, queryPageSchema, type Row } from "./record-format";

/** Two keep a single user's share of the org's resources small; five queries in each are plenty. */
const CALLS_AT_ONCE = 2;

/** Runs queries, up to five a call, and answers the rows of each, however many pages it has. Throws CrmCallError. */
export async function queryAll(call: CallSalesforce, paths: SalesforcePaths, queries: string[]): Promise<Row[][]> {
  const batches = splitIntoBatches(queries, MAX_PARTS);
  const answers = await mapLimited(batches, CALLS_AT_ONCE, async (batch) => {
    const pages = await queryOnce(call, paths, batch);
    return mapLimited(pages, 1, (page) => readToEnd(call, page));
  });
  return answers.flat();
}

/** Runs up to five queries in one call and answers the first page of each. Throws CrmCallError. */
export async function queryOnce(
  call: CallSalesforce,
  paths: SalesforcePaths,
  queries: string[],
  options: { withDeleted?: boolean } = {},
): Promise<QueryPage[]> {
  const urlOf = options.withDeleted ? paths.queryAll : paths.query;
  const parts = queries.map((soql) => ({ method: "GET" as const, url: urlOf(soql) }));
  const answers = await callComposite(call, paths, parts, false);
  return answers.map((answer) => readPart(answer, queryPageSchema));
}

async function readToEnd(call: CallSalesforce, first: QueryPage): Promise<Row[]> {
  const rows = [...first.records];
  let page = first;
  while (!page.done && page.nextRecordsUrl) {
    page = await call({ method: "GET", path: page.nextRecordsUrl, isWrite: false, reply: queryPageSchema });
    rows.push(...page.records);
  }
  return rows;
}
