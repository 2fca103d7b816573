import { z } from "zod";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import { mapLimited, splitIntoBatches } from "../batches";
import {
  type ChangeCursor,
  type ChangePage,
  type ContactRole,
  type ContactRoleWrite,
  CrmCallError,
  type WriteOutcome,
} from "../face";
import type { CallSalesforce } from "./call";
import { callComposite, MAX_PARTS, type Part, type PartAnswer } from "./composite";
import type { SalesforcePaths } from "./paths";
import { queryAll } from "./query";
import { parseStamp, type QueryPage, type Row, readValue } from "./record-format";
import { MAX_QUERY_IN_BODY, makeIn, makePageQuery, measureValue, splitByLength } from "./soql";
import { errorListSchema, translateErrors, translatePart } from "./translate-failure";

/** Salesforce's largest collection. */
const BATCH_SIZE = 200;
/** Roles of one opportunity lock it; two calls at once rarely meet on one. */
const CALLS_AT_ONCE = 2;
/** Salesforce's largest page. */
export const ROLE_PAGE_SIZE = 2000;

const FIELDS = "Id,OpportunityId,ContactId,IsDeleted,SystemModstamp";

/** All contact roles of these opportunities, five queries a call. Throws CrmCallError. */
export async function readContactRoles(
  call: CallSalesforce,
  paths: SalesforcePaths,
  opportunityIds: string[],
): Promise<ContactRole[]> {
  const runs = splitByLength([...new Set(opportunityIds)], MAX_QUERY_IN_BODY - 500, measureValue);
  const queries = runs.map(
    (ids) => `SELECT ${FIELDS} FROM OpportunityContactRole WHERE ${makeIn("OpportunityId", ids)}`,
  );
  return (await queryAll(call, paths, queries)).flat().map(toRole);
}

/** The query of a page of changed roles, deleted ones included when it is sent to queryAll. */
export function makeRoleQuery(cursor: ChangeCursor | null): string {
  return makePageQuery(`SELECT ${FIELDS} FROM OpportunityContactRole`, cursor, ROLE_PAGE_SIZE);
}

export function toRolePage(page: QueryPage, cursor: ChangeCursor | null): ChangePage<ContactRole> {
  const last = page.records.at(-1);
  return {
    readings: page.records.map(toRole),
    next: last ? { stamp: parseStamp(last.SystemModstamp), lastId: last.Id } : (cursor ?? { stamp: 0, lastId: "" }),
    isLast: page.done && page.records.length < ROLE_PAGE_SIZE,
  };
}

function toRole(row: Row): ContactRole {
  const text = (name: string) => String(readValue(row, name) ?? "");
  return {
    id: row.Id,
    opportunityId: text("OpportunityId"),
    contactId: text("ContactId"),
    isDeleted: readValue(row, "IsDeleted") === true,
  };
}

const resultSchema = z.looseObject({
  id: z.string().nullish(),
  success: z.boolean(),
  errors: z.union([errorListSchema, z.array(z.never())]).nullish(),
});
type Collection = { operation: "add" | "remove"; writes: ContactRoleWrite[] };

/**
 * Adds and removes contact roles, collections of 200, five to a composite call. Every write comes back as exactly one
 * outcome; a role that is gone already counts as removed.
 */
export async function writeContactRoles(
  call: CallSalesforce,
  paths: SalesforcePaths,
  writes: ContactRoleWrite[],
): Promise<WriteOutcome[]> {
  const collections = (["remove", "add"] as const).flatMap((operation) =>
    splitIntoBatches(
      writes.filter((write) => write.operation === operation),
      BATCH_SIZE,
    ).map((part): Collection => ({ operation, writes: part })),
  );
  const calls = splitIntoBatches(collections, MAX_PARTS);
  return (await mapLimited(calls, CALLS_AT_ONCE, (part) => sendCall(call, paths, part))).flat();
}

async function sendCall(
  call: CallSalesforce,
  paths: SalesforcePaths,
  collections: Collection[],
): Promise<WriteOutcome[]> {
  try {
    const parts = collections.map((collection) => toPart(paths, collection));
    const answers = await callComposite(call, paths, parts, true);
    return collections.flatMap((collection, index) => readAnswer(collection, answers[index]));
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    return collections.flatMap(({ writes }) => writes.map((write) => failed(write, error.failure)));
  }
}

function toPart(paths: SalesforcePaths, { operation, writes }: Collection): Part {
  if (operation === "remove") {
    const ids = writes.map((write) => (write.operation === "remove" ? write.roleId : "")).join(",");
    return { method: "DELETE", url: `${paths.collections}?ids=${ids}&allOrNone=false` };
  }
  const records = writes.flatMap((write) => {
    if (write.operation !== "add") return [];
    const { opportunityId, contactId } = write;
    return [{ attributes: { type: "OpportunityContactRole" }, OpportunityId: opportunityId, ContactId: contactId }];
  });
  return { method: "POST", url: paths.collections, body: { allOrNone: false, records } };
}

function readAnswer({ writes }: Collection, answer: PartAnswer | undefined): WriteOutcome[] {
  const { status, body } = answer ?? { status: 0, body: undefined };
  const parsed = z.array(resultSchema).safeParse(body);
  if (status < 200 || status > 299 || !parsed.success) {
    const failure = translatePart(status, body, true);
    return writes.map((write) => failed(write, failure));
  }
  return writes.map((write, index): WriteOutcome => {
    const result = parsed.data[index];
    const failure = explain(result);
    const isGone = write.operation === "remove" && failure?.code === "ENTITY_IS_DELETED";
    if (failure && !isGone) return failed(write, failure);
    return { key: write.key, ok: true, id: result?.id ?? "", created: false, stored: {}, modifiedAt: null };
  });
}

function explain(result: z.infer<typeof resultSchema> | undefined): RemoteFailure | null {
  if (result?.success) return null;
  if (result?.errors && result.errors.length > 0) return translateErrors(result.errors, 200);
  const message = "Salesforce accepted the call but answered neither success nor an error for this contact role";
  return { side: "salesforce", status: 200, code: "", message, fields: [], uncertain: true };
}

function failed(write: ContactRoleWrite, failure: RemoteFailure): WriteOutcome {
  return { key: write.key, ok: false, failure };
}
