import type { ErrorRecord, ErrorSummary } from "@/lib/contracts/errors";
import { SALESFORCE_TYPES_OF, type SalesforceType, type SyncObject, toMappedObject } from "@/lib/decide/record-types";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import {
  countByState,
  countErrors,
  countExcluded,
  type ErrorFilter,
  listErrors,
  type StoredErrorRow,
} from "@/lib/store/error-queries";
import { readAllSchemas } from "@/lib/store/schema-snapshots";
import { hubspotUrl, type LinkBase, salesforceUrl } from "./view-crm-links";
import { viewError } from "./view-error";
import { loadTexts, type TellText } from "./view-values";

export type ErrorRecordPage = { rows: ErrorRecord[]; nextCursor: string | null };

/** What fails, and what does not take part and why. Null: there is no such connection. */
export async function viewErrors(connectionId: string, filter: ErrorFilter): Promise<ErrorSummary | null> {
  const [connection, groups, excluded, states] = await Promise.all([
    readConnection(connectionId),
    countErrors(connectionId, filter),
    countExcluded(connectionId, filter.object),
    countByState(connectionId, filter.object),
  ]);
  if (!connection) return null;
  const { status, lastCheckAt } = connection;
  return {
    groups: groups.map(({ since, newest, ...group }) => ({
      ...group,
      since: since.toISOString(),
      newest: newest.toISOString(),
    })),
    excluded,
    states: states.map((row) => (row.state === "due" && status === "suspended" ? { ...row, state: "paused" } : row)),
    connection: status,
    lastCheckAt: lastCheckAt?.toISOString() ?? null,
  };
}

/** One page of errors with their records, newest first. */
export async function viewErrorRecords(
  connectionId: string,
  filter: ErrorFilter,
  page: { cursor: string | undefined; limit: number },
  base: LinkBase,
): Promise<ErrorRecordPage> {
  const [connection, { rows, nextCursor }] = await Promise.all([
    readConnection(connectionId),
    listErrors(connectionId, filter, page),
  ]);
  if (!connection) return { rows: [], nextCursor: null };
  const tellers = await loadTellers(connectionId, rows);
  return { nextCursor, rows: rows.map((row) => viewRow(row, connection, base, tellers(row))) };
}

/** The pages of the list one after the other, as they are read. */
export async function* walkErrorRecords(
  connectionId: string,
  filter: ErrorFilter,
  limit: number,
  base: LinkBase,
): AsyncGenerator<ErrorRecord[]> {
  let cursor: string | undefined;
  do {
    const page = await viewErrorRecords(connectionId, filter, { cursor, limit }, base);
    yield page.rows;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

type Teller = { type: SalesforceType; schemas: Parameters<typeof viewError>[2]; tell: TellText };

/** Labels and texts for these rows: the descriptions are read once, the owners' names once per kind of record. */
async function loadTellers(connectionId: string, rows: StoredErrorRow[]): Promise<(row: StoredErrorRow) => Teller> {
  const schemasOf = await readAllSchemas(connectionId);
  const tellers = new Map<string, Teller>();
  for (const [key, same] of Map.groupBy(rows, keyOf)) {
    const [first] = same;
    if (!first) continue;
    const { object, salesforceType } = first.record;
    const schemas = schemasOf(toMappedObject(object));
    const type = salesforceType ?? firstTypeOf(object);
    const values = same.flatMap(({ error }) => error.fields.map((field) => ({ side: error.side, ...field })));
    tellers.set(key, { schemas, type, tell: await loadTexts(connectionId, schemas, type, values) });
  }
  return (row) => {
    const teller = tellers.get(keyOf(row));
    if (!teller) throw new Error("An error is of a kind that was not looked up");
    return teller;
  };
}

function keyOf({ record }: StoredErrorRow): string {
  return `${record.object} ${record.salesforceType}`;
}

function firstTypeOf(object: SyncObject): SalesforceType {
  return SALESFORCE_TYPES_OF[object][0] ?? "Lead";
}

function viewRow(
  { error, record }: StoredErrorRow,
  connection: StoredConnection,
  base: LinkBase,
  { type, schemas, tell }: Teller,
): ErrorRecord {
  return {
    error: viewError(error, type, schemas, tell),
    record: {
      ...record,
      nextTryAt: record.nextTryAt?.toISOString() ?? null,
      hubspotUrl: hubspotUrl(connection, record.object, record.hubspotId, base),
      salesforceUrl: salesforceUrl(connection, record.salesforceType, record.salesforceId),
    },
  };
}
