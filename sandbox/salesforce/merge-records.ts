import { badRequest } from "./errors";
import { findForWrite, stampRow, storeRow } from "./records";
import type { ObjectDef } from "./schema";
import type { OrgState } from "./state";
import type { Row } from "./table";
import { Transaction, type Writer } from "./writer";

const MERGEABLE = new Set(["Lead", "Contact", "Account"]);

/**
 * Merges up to two records into the master: the losers are deleted with MasterRecordId = master, what pointed to them points to
 * the master, and the master's stamp moves. Empty fields of the master are not filled. All or nothing.
 */
export function mergeRecords(state: OrgState, masterId: string, mergedIds: string[], writer: Writer): Row {
  const def = state.schema.findByPrefix(masterId);
  if (!def || !MERGEABLE.has(def.name)) throw badRequest("INVALID_TYPE", "Leads, contacts and accounts can be merged");
  if (mergedIds.length < 1 || mergedIds.length > 2)
    throw badRequest("INVALID_OPERATION", "one or two records can be merged into a master");
  const tx = new Transaction(writer.tx);
  try {
    const result = runMerge(state, def, masterId, mergedIds, { ...writer, tx });
    tx.commit();
    return result;
  } catch (error) {
    tx.rollBack();
    throw error;
  }
}

function runMerge(state: OrgState, def: ObjectDef, masterId: string, mergedIds: string[], writer: Writer): Row {
  const master = findForWrite(state, def, masterId, writer);
  for (const id of mergedIds) {
    const loser = findForWrite(state, def, id, writer);
    if (loser.Id === master.Id) throw badRequest("INVALID_OPERATION", "a record cannot be merged into itself");
    moveChildren(state, def, loser.Id, master.Id, writer);
    const gone: Row = { ...loser, IsDeleted: true, MasterRecordId: master.Id };
    stampRow(state, gone, writer);
    storeRow(state, def, gone, writer);
  }
  const kept: Row = { ...master };
  stampRow(state, kept, writer);
  storeRow(state, def, kept, writer);
  return kept;
}

function moveChildren(state: OrgState, def: ObjectDef, from: string, to: string, writer: Writer): void {
  for (const child of state.schema.objects) {
    const fields = child.fields.filter(
      (field) => field.referenceTo?.includes(def.name) && !["MasterRecordId"].includes(field.name),
    );
    if (fields.length === 0) continue;
    const rows = [...state.table(child.name).readAll()].filter((row) =>
      fields.some((field) => row[field.name] === from),
    );
    for (const row of rows) {
      const moved: Row = { ...row };
      for (const field of fields) if (moved[field.name] === from) moved[field.name] = to;
      stampRow(state, moved, writer);
      storeRow(state, child, moved, writer);
    }
  }
}
