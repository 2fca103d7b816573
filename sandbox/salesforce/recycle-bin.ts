import { badRequest } from "./errors";
import { normaliseId } from "./ids";
import { checkObjectWritable, stampRow, storeRow } from "./records";
import type { OrgState } from "./state";
import type { Row } from "./table";
import type { Writer } from "./writer";

/** The bin keeps a record for 15 days (wire.md A.3.1). */
const BIN_MS = 15 * 86_400_000;

function findDeleted(state: OrgState, id: string): Row {
  const row = state.findRow(normaliseId(id) ?? "");
  if (!row) throw badRequest("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []);
  const inBin = row.IsDeleted && Date.parse(row.SystemModstamp.replace("+0000", "Z")) > state.clock.now() - BIN_MS;
  if (!inBin) throw badRequest("UNDELETE_FAILED", "Entity is not in the recycle bin", []);
  return row;
}

/**
 * Takes a record out of the recycle bin; what was deleted together with an account comes back with it.
 * Losers of a merge come back as records of their own. Throws UNDELETE_FAILED.
 */
export function undeleteRecord(state: OrgState, id: string, writer: Writer): Row {
  const row = findDeleted(state, id);
  const def = state.schema.findByPrefix(row.Id);
  if (!def) throw badRequest("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []);
  checkObjectWritable(def, "delete");
  const back: Row = { ...row, IsDeleted: false };
  if (def.findField("MasterRecordId")) back.MasterRecordId = null;
  stampRow(state, back, writer);
  storeRow(state, def, back, writer);
  if (def.name !== "Account") return back;
  const contacts = state.schema.findObject("Contact");
  for (const contact of state.table("Contact").findByValue("AccountId", row.Id)) {
    if (!contacts || !contact.IsDeleted || contact.SystemModstamp !== row.SystemModstamp) continue;
    const returned: Row = { ...contact, IsDeleted: false };
    stampRow(state, returned, writer);
    storeRow(state, contacts, returned, writer);
  }
  return back;
}

/** Empties the bin of one record: from then on not even `queryAll` finds it. Throws UNDELETE_FAILED when it is not in the bin. */
export function purgeRecord(state: OrgState, id: string): void {
  const row = findDeleted(state, id);
  const def = state.schema.findByPrefix(row.Id);
  if (!def) return;
  state.table(def.name).remove(row.Id);
  // getDeleted can no longer promise anything before this moment (wire.md A.3.2).
  state.setup.binEmptiedAt = state.clock.now();
  state.touch();
}
