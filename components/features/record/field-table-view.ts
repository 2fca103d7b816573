import type { FieldRow, RecordDetail, SyncErrorView } from "@/lib/contracts/records";

type Value = string | number | boolean | null;

export type FieldLine = {
  row: FieldRow;
  /** The two sides hold different values, as the engine compares them */
  differs: boolean;
  changedInHubspot: boolean;
  changedInSalesforce: boolean;
  /** An open error names this field */
  atFault: boolean;
  /** The side whose cell will be overwritten, and with what */
  pending: { side: "hubspot" | "salesforce"; value: Value; text: string | null } | null;
};

export type FieldTable = { differing: FieldLine[]; same: FieldLine[]; pendingCount: number };

const SAME_REASONS = ["equal", "both_blank"];

function isBlank(value: Value): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

function sameRaw(a: Value, b: Value): boolean {
  return (isBlank(a) && isBlank(b)) || String(a) === String(b);
}

function readLine(row: FieldRow, errors: readonly SyncErrorView[]): FieldLine {
  // A mapping that does not sync is not compared by the engine: its raw values are.
  const differs =
    row.reason === "dont_sync" ? !sameRaw(row.hubspot, row.salesforce) : !SAME_REASONS.includes(row.reason);
  return {
    row,
    differs,
    changedInHubspot: row.base !== null && !sameRaw(row.hubspot, row.base.hubspot),
    changedInSalesforce: row.base !== null && !sameRaw(row.salesforce, row.base.salesforce),
    atFault: errors.some((error) => isAtFault(row, error)),
    pending: readPending(row),
  };
}

function isAtFault(row: FieldRow, error: SyncErrorView): boolean {
  const name = error.side === "hubspot" ? row.hubspotProperty : row.salesforceField;
  return error.closedAt === null && error.fields.some(({ field }) => field === name);
}

function readPending(row: FieldRow): FieldLine["pending"] {
  if (row.action !== "write" || row.writes === null) return null;
  return row.writes === "hubspot"
    ? { side: "hubspot", value: row.salesforce, text: row.salesforceText }
    : { side: "salesforce", value: row.hubspot, text: row.hubspotText };
}

/** What an error names first, then pending and blocked, then other differences, then mappings that do not sync; the order of the mappings within. */
function weight(line: FieldLine): number {
  if (line.atFault) return -1;
  if (line.row.action !== "none") return line.row.conflict ? 0 : 1;
  return line.row.reason === "dont_sync" ? 3 : 2;
}

/** The card's field table: rows that differ first, the others apart so that they can be folded away. */
export function arrangeFields(fields: readonly FieldRow[], errors: readonly SyncErrorView[] = []): FieldTable {
  const lines = fields.map((row) => readLine(row, errors));
  const differing = lines.filter((line) => line.differs).sort((a, b) => weight(a) - weight(b));
  return {
    differing,
    same: lines.filter((line) => !line.differs),
    pendingCount: lines.filter((line) => line.pending !== null).length,
  };
}

/** The mapping that a field at fault belongs to; null when none does. */
export function findMappingId(record: Pick<RecordDetail, "fields">, names: readonly string[]): string | null {
  const hit = record.fields.find((f) => names.includes(f.salesforceField) || names.includes(f.hubspotProperty));
  return hit?.mappingId ?? null;
}
