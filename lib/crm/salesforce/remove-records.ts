import { z } from "zod";
import { typeOfId } from "@/lib/decide/salesforce-id";
import { mapLimited, splitIntoBatches } from "../batches";
import { CrmCallError, type DeletedRecord, type RemovalTarget, type WriteOutcome } from "../face";
import type { CallSalesforce } from "./call";
import { callComposite, MAX_PARTS, type readPart } from "./composite";
import type { SalesforcePaths } from "./paths";
import { queryOnce } from "./query";
import { queryPageSchema, readValue } from "./record-format";
import { MAX_QUERY, makeIn, measureValue, splitByLength } from "./soql";
import { errorListSchema, translateErrors, translatePart } from "./translate-failure";

/** Salesforce's largest collection. */
const COLLECTION_SIZE = 200;
const CALLS_AT_ONCE = 2;
/** Types whose records can be merged; others have no MasterRecordId. */
const MERGEABLE = ["Lead", "Contact", "Account"];

const resultsSchema = z.array(
  z.looseObject({ success: z.boolean(), errors: z.union([errorListSchema, z.array(z.never())]).nullish() }),
);

/**
 * Which of these records are deleted, asked directly with the recycle bin included, and what they were merged into. A
 * record that is not answered is hidden from our user or purged: nobody can say which. Throws CrmCallError.
 */
export async function readDeleted(
  call: CallSalesforce,
  paths: SalesforcePaths,
  ids: string[],
): Promise<DeletedRecord[]> {
  const types = new Set(ids.map(typeOfId).filter((type) => type !== undefined));
  const queries = [...types].flatMap((type) => {
    const own = [...new Set(ids)].filter((id) => typeOfId(id) === type);
    const fields = ["Id", "IsDeleted", ...(MERGEABLE.includes(type) ? ["MasterRecordId"] : [])];
    const runs = splitByLength(own, MAX_QUERY - 500, measureValue);
    return runs.map((run) => `SELECT ${fields.join(",")} FROM ${type} WHERE ${makeIn("Id", run)}`);
  });
  const answers = await mapLimited(splitIntoBatches(queries, MAX_PARTS), CALLS_AT_ONCE, (batch) =>
    readWhole(call, paths, batch),
  );
  return answers
    .flat()
    .filter((row) => readValue(row, "IsDeleted") === true)
    .map((row) => {
      const master = readValue(row, "MasterRecordId");
      return { id: row.Id, masterId: typeof master === "string" && master !== "" ? master : null };
    });
}

async function readWhole(call: CallSalesforce, paths: SalesforcePaths, queries: string[]) {
  const rows = [];
  for (const first of await queryOnce(call, paths, queries, { withDeleted: true })) {
    rows.push(...first.records);
    for (let page = first; !page.done && page.nextRecordsUrl; ) {
      page = await call({ method: "GET", path: page.nextRecordsUrl, isWrite: false, reply: queryPageSchema });
      rows.push(...page.records);
    }
  }
  return rows;
}

/** Deletes records (recycle bin), 200 a collection, five collections a call; one outcome each. */
export async function removeRecords(
  call: CallSalesforce,
  paths: SalesforcePaths,
  targets: RemovalTarget[],
): Promise<WriteOutcome[]> {
  const calls = splitIntoBatches(splitIntoBatches(targets, COLLECTION_SIZE), MAX_PARTS);
  const answers = await mapLimited(calls, CALLS_AT_ONCE, (collections) => removeInOneCall(call, paths, collections));
  return answers.flat();
}

async function removeInOneCall(
  call: CallSalesforce,
  paths: SalesforcePaths,
  collections: RemovalTarget[][],
): Promise<WriteOutcome[]> {
  const parts = collections.map((targets) => ({
    method: "DELETE" as const,
    url: paths.removal(targets.map(({ id }) => id)),
  }));
  try {
    const answers = await callComposite(call, paths, parts, true);
    return collections.flatMap((targets, index) => readRemoval(targets, answers[index] ?? { status: 0, body: null }));
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    const { failure } = error;
    return collections.flat().map(({ key }): WriteOutcome => ({ key, ok: false, failure }));
  }
}

function readRemoval(targets: RemovalTarget[], answer: Parameters<typeof readPart>[0]): WriteOutcome[] {
  const parsed = resultsSchema.safeParse(answer.body);
  const isGood = answer.status >= 200 && answer.status < 300 && parsed.success;
  return targets.map(({ key, id }, index): WriteOutcome => {
    const result = isGood ? parsed.data[index] : undefined;
    if (result?.success) return { key, ok: true, id, created: false, stored: {}, modifiedAt: null };
    const errors = result?.errors ?? [];
    // Gone already is as wanted.
    if (errors.some((error) => error.statusCode === "ENTITY_IS_DELETED"))
      return { key, ok: true, id, created: false, stored: {}, modifiedAt: null };
    const failure = errors.length > 0 ? translateErrors(errors, 200) : translatePart(answer.status, answer.body, true);
    return { key, ok: false, failure };
  });
}
