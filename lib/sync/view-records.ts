import type {
  RecordDetail,
  RecordList,
  RecordRow,
  RecordState,
  SyncErrorView,
  Timeline,
} from "@/lib/contracts/records";
import type { SalesforceType, Schemas, Side } from "@/lib/decide/record-types";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { readRecordCard, readTimeline, type StoredCandidate, type StoredError } from "@/lib/store/record-card";
import { findRecord, listRecords, type RecordListRow, readRecordRow } from "@/lib/store/record-queries";
import { readSchemas } from "@/lib/store/schema-snapshots";
import { explainRecord } from "./explain-record";
import {
  findSchema,
  loadTexts,
  type TellText,
  tellChange,
  tellErrorField,
  tellField,
  valuesOfChange,
  valuesOfField,
} from "./view-values";

/** `hubspotAppUrl`: origin of HubSpot's web app, e.g. https://app.hubspot.com */
export type LinkBase = { hubspotAppUrl: string };

export async function viewRecordList(
  connectionId: string,
  query: { search: string; state?: RecordState; cursor?: string; limit: number },
): Promise<RecordList> {
  const page = await listRecords(
    connectionId,
    { search: query.search, state: query.state },
    { cursor: query.cursor, limit: query.limit },
  );
  return { ...page, rows: page.rows.map(viewRow) };
}

/** The id of the record that carries this HubSpot id, Salesforce id or address; null when there is none. */
export async function findRecordId(
  connectionId: string,
  by: { hubspotId?: string; salesforceId?: string; email?: string },
): Promise<string | null> {
  return (await findRecord(connectionId, by))?.id ?? null;
}

/** Everything on the Salesforce sync card; null for an unknown id. Reads our own tables only. */
export async function viewRecord(connectionId: string, id: string, base: LinkBase): Promise<RecordDetail | null> {
  const [card, explained, schemas, connection] = await Promise.all([
    readRecordCard(connectionId, id),
    explainRecord(connectionId, id),
    readSchemas(connectionId),
    readConnection(connectionId),
  ]);
  if (!card || !connection) return null;
  const type = card.salesforceType ?? "Lead";
  const fields = explained?.fields ?? [];
  const tell = await loadTexts(connectionId, schemas, type, [
    ...fields.flatMap(valuesOfField),
    ...card.errors.flatMap(({ side, fields }) => fields.map((one) => ({ side, ...one }))),
  ]);
  return {
    ...viewRow(card),
    hubspotUrl: hubspotUrl(connection, card.hubspotId, base),
    salesforceUrl: salesforceUrl(connection, card.salesforceType, card.salesforceId),
    triggers: card.triggers,
    lastTriggers: card.lastTriggers,
    nextTryAt: card.nextTryAt?.toISOString() ?? null,
    attempts: card.attempts,
    hubspotModifiedAt: card.hubspotModifiedAt?.toISOString() ?? null,
    salesforceModifiedAt: card.salesforceModifiedAt?.toISOString() ?? null,
    errors: card.errors.map((error) => viewError(error, type, schemas, tell)),
    gates: explained?.gates ?? [],
    fields: fields.map((field) => tellField(field, tell)),
    candidates: card.candidates.map((candidate) => viewCandidate(candidate, connection, base)),
  };
}

/** Null for an unknown record. */
export async function viewTimeline(
  connectionId: string,
  recordId: string,
  page: { before: string | undefined; limit: number },
): Promise<Timeline | null> {
  const [record, timeline, schemas] = await Promise.all([
    readRecordRow(connectionId, recordId),
    readTimeline(connectionId, recordId, page),
    readSchemas(connectionId),
  ]);
  if (!record) return null;
  const type = record.salesforceType ?? "Lead";
  const changes = timeline.entries.flatMap((entry) => entry.changes);
  const tell = await loadTexts(connectionId, schemas, type, changes.flatMap(valuesOfChange));
  return {
    nextBefore: timeline.nextBefore,
    entries: timeline.entries.map((entry) => ({
      ...entry,
      at: entry.at.toISOString(),
      changes: entry.changes.map(({ mappingId: _, ...change }) => {
        const hubspotLabel = labelField(schemas, "hubspot", type, change.hubspotProperty);
        const salesforceLabel = labelField(schemas, "salesforce", type, change.salesforceField);
        return tellChange({ ...change, hubspotLabel, salesforceLabel }, tell);
      }),
    })),
  };
}

function viewRow(row: RecordListRow): RecordRow {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    email: row.email,
    state: row.state,
    exclusionReason: row.exclusionReason,
    errorType: row.errorType,
    errorSide: row.errorSide,
    hubspotId: row.hubspotId,
    salesforceId: row.salesforceId,
    salesforceType: row.salesforceType,
    lastSyncedAt: row.lastSyncedAt?.toISOString() ?? null,
  };
}

function viewError(error: StoredError, type: SalesforceType, schemas: Schemas, tell: TellText): SyncErrorView {
  return {
    id: error.id,
    type: error.type,
    category: error.category,
    side: error.side,
    fields: error.fields.map(({ field, value }) =>
      tellErrorField({ field, label: labelField(schemas, error.side, type, field), value }, error.side, tell),
    ),
    remoteCode: error.remoteCode,
    remoteMessage: error.remoteMessage,
    retry: error.retry as SyncErrorView["retry"],
    openedAt: error.openedAt.toISOString(),
    lastSeenAt: error.lastSeenAt.toISOString(),
    closedAt: error.closedAt?.toISOString() ?? null,
    occurrences: error.occurrences,
  };
}

function viewCandidate(
  candidate: StoredCandidate,
  connection: StoredConnection,
  base: LinkBase,
): RecordDetail["candidates"][number] {
  const isSalesforce = candidate.type === "Lead" || candidate.type === "Contact";
  const { id, type, name, email } = candidate;
  const url = isSalesforce ? salesforceUrl(connection, type, id) : hubspotUrl(connection, id, base);
  return { id, type, name, email, url };
}

function labelField(schemas: Schemas, side: Side, type: SalesforceType, field: string): string {
  return findSchema(schemas, side, type, field)?.label ?? field;
}

/** 0-1 is HubSpot's type id of contacts. */
function hubspotUrl(connection: StoredConnection, id: string | null, base: LinkBase): string | null {
  const portal = connection.accounts.hubspot?.id;
  return portal && id ? `${base.hubspotAppUrl}/contacts/${portal}/record/0-1/${encodeURIComponent(id)}` : null;
}

function salesforceUrl(connection: StoredConnection, type: string | null, id: string | null): string | null {
  if (!connection.salesforceUrl || !id || !type) return null;
  return `${connection.salesforceUrl}/lightning/r/${type}/${encodeURIComponent(id)}/view`;
}
