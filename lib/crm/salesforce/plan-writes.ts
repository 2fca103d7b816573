import type { SalesforceType } from "@/lib/decide/record-types";
import { splitIntoBatches } from "../batches";
import { SALESFORCE_ID_FIELDS, type SalesforceWrite } from "../face";
import { MAX_PARTS, type Part } from "./composite";
import type { SalesforcePaths } from "./paths";
import { makeSelectQueries, type RecordKey } from "./select-queries";

/** Salesforce's largest collection. */
const BATCH_SIZE = 200;

export type Operation = "update" | "upsert" | "insert";
/**
 * One collection: records of one type, all written the same way. `assigns`: Salesforce's lead assignment rules choose
 * the owner.
 */
export type WriteBatch = {
  operation: Operation;
  type: SalesforceType;
  assigns: boolean;
  writes: SalesforceWrite[];
};
/** One composite call: collections, then the queries that read back what they stored. */
export type WriteCall = { batches: WriteBatch[]; readBacks: string[] };

/** Cuts writes into collections of at most 200. */
export function makeBatches(writes: readonly SalesforceWrite[], idFieldsPresent: boolean): WriteBatch[] {
  const kinds = writes.map((write) => ({
    write,
    kind: { operation: chooseOperation(write, idFieldsPresent), type: write.type, assigns: needsAssignment(write) },
  }));
  const groups = Map.groupBy(kinds, ({ kind }) => `${kind.type} ${kind.operation} ${kind.assigns}`);
  return [...groups.values()].flatMap((group) =>
    splitIntoBatches(group, BATCH_SIZE).flatMap((part): WriteBatch[] => {
      const first = part[0];
      return first ? [{ ...first.kind, writes: part.map(({ write }) => write) }] : [];
    }),
  );
}

/** Packs collections into as few calls as hold them together with their read-back queries (5 parts a call). */
export function planCalls(batches: readonly WriteBatch[]): WriteCall[] {
  const calls: WriteCall[] = [];
  for (const batch of batches) {
    const current = calls.at(-1);
    const joined = current && planCall([...current.batches, batch]);
    if (joined && joined.batches.length + joined.readBacks.length <= MAX_PARTS) calls[calls.length - 1] = joined;
    else calls.push(planCall([batch]));
  }
  return calls;
}

/** The parts of a call in order: Salesforce runs them one after the other, so that the queries see the writes. */
export function makeParts(paths: SalesforcePaths, call: WriteCall): Part[] {
  const collections = call.batches.map((batch) => makeCollection(paths, batch));
  const queries = call.readBacks.map((soql): Part => ({ method: "GET", url: paths.query(soql) }));
  return [...collections, ...queries];
}

function chooseOperation(write: SalesforceWrite, idFieldsPresent: boolean): Operation {
  if (write.operation === "update") return "update";
  const hasKey = write.hubspotId !== null && SALESFORCE_ID_FIELDS[write.type] !== null;
  return idFieldsPresent && hasKey ? "upsert" : "insert";
}

/** A new lead without an owner of ours gets one by the org's assignment rules (spec O1). */
function needsAssignment(write: SalesforceWrite): boolean {
  return write.type === "Lead" && write.operation === "create" && !("OwnerId" in write.values);
}

function planCall(batches: WriteBatch[]): WriteCall {
  const byType = Map.groupBy(batches, (batch) => batch.type);
  const readBacks = [...byType].flatMap(([type, own]) => {
    const keys = own.flatMap((batch) => batch.writes.flatMap((write) => findKey(batch.operation, write)));
    const fields = [
      ...new Set(
        own.flatMap((b) => b.writes.flatMap((write) => [...Object.keys(write.values), ...(write.readBack ?? [])])),
      ),
    ];
    return makeSelectQueries(type, fields, keys);
  });
  // A single collection of very wide records may need more queries than fit: those records keep what was sent.
  return { batches, readBacks: batches.length === 1 ? readBacks.slice(0, MAX_PARTS - 1) : readBacks };
}

/** A plain insert has no key before its answer comes; it is not read back. */
function findKey(operation: Operation, write: SalesforceWrite): RecordKey[] {
  if (operation === "update") return write.id === null ? [] : [{ field: "Id", value: write.id }];
  const field = SALESFORCE_ID_FIELDS[write.type];
  if (operation === "insert" || write.hubspotId === null || field === null) return [];
  return [{ field, value: write.hubspotId }];
}

function makeCollection(paths: SalesforcePaths, batch: WriteBatch): Part {
  const attributes = { type: batch.type };
  const idField = SALESFORCE_ID_FIELDS[batch.type] ?? "Id";
  const records = batch.writes.map((write) => {
    if (batch.operation === "update") return { attributes, id: write.id, ...write.values };
    if (batch.operation === "insert") return { attributes, ...write.values };
    return { attributes, ...write.values, [idField]: write.hubspotId };
  });
  const isUpsert = batch.operation === "upsert";
  return {
    method: batch.operation === "insert" ? "POST" : "PATCH",
    url: isUpsert ? paths.upsert(batch.type, idField) : paths.collections,
    body: { allOrNone: false, records },
    // Left out, the header means TRUE: every update of a lead could then hand it to another owner.
    httpHeaders: { "Sforce-Auto-Assign": batch.assigns ? "TRUE" : "FALSE" },
  };
}
