import type { SalesforceReading, SalesforceType } from "@/lib/decide/record-types";
import { splitIntoBatches } from "../batches";
import type { ChangeCursor, ChangePage, SalesforceFields, SalesforcePages } from "../face";
import type { CallSalesforce } from "./call";
import { MAX_PARTS } from "./composite";
import { makeRoleQuery, toRolePage } from "./contact-roles";
import type { SalesforcePaths } from "./paths";
import { queryOnce } from "./query";
import { listFields, parseStamp, type QueryPage, toReading } from "./record-format";
import { makePageQuery } from "./soql";

/** Salesforce's largest page. */
const PAGE_SIZE = 2000;

/**
 * One page of each type by rising (SystemModstamp, Id), five types to a composite call. Each page is a query of its own
 * with a LIMIT, so that no server-side cursor (2 days, and lost with the session) has to be kept. Deleted records are
 * asked for too: a delete moves the stamp, and one query then tells of edits, deletes and merges alike.
 */
export async function readChanges(
  call: CallSalesforce,
  paths: SalesforcePaths,
  cursors: Partial<Record<SalesforceType, ChangeCursor | null>>,
  fields: SalesforceFields,
  types: readonly SalesforceType[],
  roles?: { cursor: ChangeCursor | null },
): Promise<SalesforcePages> {
  const answer: SalesforcePages = {};
  const sources: (SalesforceType | "roles")[] = [...new Set(types), ...(roles ? (["roles"] as const) : [])];
  for (const asked of splitIntoBatches(sources, MAX_PARTS)) {
    const queries = asked.map((type) =>
      type === "roles"
        ? makeRoleQuery(roles?.cursor ?? null)
        : makeChangeQuery(type, fields[type] ?? [], cursors[type] ?? null),
    );
    const pages = await queryOnce(call, paths, queries, { withDeleted: true });
    asked.forEach((type, index) => {
      const page = pages[index];
      if (!page) return;
      if (type === "roles") answer.roles = toRolePage(page, roles?.cursor ?? null);
      else answer[type] = toChangePage(type, page, fields[type] ?? [], cursors[type] ?? null);
    });
  }
  return answer;
}

function makeChangeQuery(type: SalesforceType, fields: readonly string[], cursor: ChangeCursor | null): string {
  return makePageQuery(`SELECT ${listFields(type, fields).join(",")} FROM ${type}`, cursor, PAGE_SIZE);
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
