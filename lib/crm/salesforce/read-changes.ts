import type { SalesforceReading, SalesforceType } from "@/lib/decide/record-types";
import type { ChangeCursor, ChangePage } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { queryOnce } from "./query";
import { listFields, parseStamp, type QueryPage, toReading } from "./record-format";
import { formatStamp, quote } from "./soql";

/** Salesforce's largest page. */
const PAGE_SIZE = 2000;

export type Fields = Record<SalesforceType, string[]>;

/**
 * One page of Leads and one of Contacts by rising (SystemModstamp, Id), both in one composite call. Each page is a query
 * of its own with a LIMIT, so that no server-side cursor (2 days, and lost with the session) has to be kept.
 */
export async function readChanges(
  call: CallSalesforce,
  paths: SalesforcePaths,
  cursors: Record<SalesforceType, ChangeCursor | null>,
  fields: Fields,
  types: SalesforceType[],
): Promise<Record<SalesforceType, ChangePage<SalesforceReading> | null>> {
  const answer: Record<SalesforceType, ChangePage<SalesforceReading> | null> = { Lead: null, Contact: null };
  const asked = [...new Set(types)];
  if (asked.length === 0) return answer;
  const queries = asked.map((type) => makeChangeQuery(type, fields[type], cursors[type]));
  const pages = await queryOnce(call, paths, queries);
  asked.forEach((type, index) => {
    const page = pages[index];
    if (page) answer[type] = toChangePage(type, page, fields[type], cursors[type]);
  });
  return answer;
}

/** Without an id the cursor starts a check: everything from its stamp on. With one it goes on inside that stamp. */
function makeChangeQuery(type: SalesforceType, fields: string[], cursor: ChangeCursor | null): string {
  const select = `SELECT ${listFields(type, fields).join(",")} FROM ${type}`;
  const tail = `ORDER BY SystemModstamp ASC, Id ASC LIMIT ${PAGE_SIZE}`;
  if (cursor === null) return `${select} ${tail}`;
  const stamp = formatStamp(cursor.stamp);
  const where =
    cursor.lastId === ""
      ? `SystemModstamp >= ${stamp}`
      : `(SystemModstamp = ${stamp} AND Id > ${quote(cursor.lastId)}) OR SystemModstamp > ${stamp}`;
  return `${select} WHERE ${where} ${tail}`;
}

function toChangePage(
  type: SalesforceType,
  page: QueryPage,
  fields: string[],
  cursor: ChangeCursor | null,
): ChangePage<SalesforceReading> {
  const last = page.records.at(-1);
  return {
    readings: page.records.map((row) => toReading(type, row, fields)),
    next: last ? { stamp: parseStamp(last.SystemModstamp), lastId: last.Id } : (cursor ?? { stamp: 0, lastId: "" }),
    // With very wide rows Salesforce cuts pages below 2,000 and says `done: false`.
    isLast: page.done && page.records.length < PAGE_SIZE,
  };
}
