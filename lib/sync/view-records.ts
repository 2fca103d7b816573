import type { RecordDetail, RecordList, RecordRow, RecordSort, RecordState, Timeline } from "@/lib/contracts/records";
import { SALESFORCE_TYPES, SALESFORCE_TYPES_OF, type SyncObject, toMappedObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "@/lib/store/brief-cache";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { readRecordCard, readTimeline, type StoredCandidate } from "@/lib/store/record-card";
import { countReasons, listRecords, type ReasonCounts } from "@/lib/store/record-list";
import { type DealFacts, findRecord, type RecordListRow, readRecordRow } from "@/lib/store/record-queries";
import { readSchemas } from "@/lib/store/schema-snapshots";
import { explainRecord } from "./explain-record";
import { LIST_OBJECTS } from "./follow-lists";
import { findListMembers } from "./list-members";
import { hubspotUrl, type LinkBase, salesforceUrl } from "./view-crm-links";
import { viewError } from "./view-error";
import { viewRelated } from "./view-related";
import {
  labelField,
  loadTexts,
  tellChange,
  tellField,
  tellTrigger,
  valuesOfChange,
  valuesOfField,
} from "./view-values";

type ListQuery = {
  object: SyncObject;
  search: string;
  state?: RecordState | undefined;
  error?: string | undefined;
  reason?: string | undefined;
  list?: string | undefined;
  sort?: RecordSort;
  cursor?: string | undefined;
  limit: number;
};

/**
 * A page of records. `list`: only members of that HubSpot list; "not_found" when there is none of this object.
 * @throws CrmCallError when its members cannot be read
 */
export async function viewRecordList(
  connectionId: string,
  query: ListQuery,
  base: LinkBase,
): Promise<RecordList | "not_connected" | "not_found"> {
  const { object, search, state, error, reason, sort = "name", cursor, limit } = query;
  const list = await findList(connectionId, object, query.list);
  if (typeof list === "string") return list;
  const filter = { object, search, state, error, reason, members: list?.members };
  const [page, stages, connection] = await Promise.all([
    listRecords(connectionId, filter, { cursor, limit, sort }),
    object === "deal" ? readStageLabels(connectionId) : NO_LABELS,
    readConnection(connectionId),
  ]);
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...viewRow(row, stages), ...viewUrls(row, connection, base) })),
    list: list && { name: list.name, isComplete: list.isComplete },
  };
}

/**
 * How many records fail with each error, and are excluded for each reason; `listId`: of the members of that list.
 * @throws CrmCallError
 */
export async function viewReasons(
  connectionId: string,
  object: SyncObject,
  listId: string | undefined,
): Promise<ReasonCounts | "not_connected" | "not_found"> {
  const list = await findList(connectionId, object, listId);
  return typeof list === "string" ? list : countReasons(connectionId, object, list?.members);
}

async function findList(connectionId: string, object: SyncObject, listId: string | undefined) {
  if (listId === undefined) return null;
  const listed = LIST_OBJECTS.find((one) => one === object);
  return listed === undefined ? "not_found" : findListMembers(connectionId, listId, listed);
}

/** The id of the record that carries this HubSpot id, Salesforce id or address; null when there is none. */
export async function findRecordId(
  connectionId: string,
  { object, ...by }: { object: SyncObject; hubspotId?: string; salesforceId?: string; email?: string },
): Promise<string | null> {
  return (await findRecord(connectionId, object, by))?.id ?? null;
}

/** Everything on the Salesforce sync card; null for an unknown id. Reads our own tables only. */
export async function viewRecord(connectionId: string, id: string, base: LinkBase): Promise<RecordDetail | null> {
  const [card, explained, connection] = await Promise.all([
    readRecordCard(connectionId, id),
    explainRecord(connectionId, id),
    readConnection(connectionId),
  ]);
  if (!card || !connection) return null;
  const schemas = await readSchemas(connectionId, toMappedObject(card.object));
  const type = card.salesforceType ?? SALESFORCE_TYPES_OF[card.object][0] ?? "Lead";
  const fields = explained?.fields ?? [];
  const tell = await loadTexts(connectionId, schemas, type, [
    ...fields.flatMap(valuesOfField),
    ...card.errors.flatMap(({ side, fields }) => fields.map((one) => ({ side, ...one }))),
  ]);
  return {
    ...viewRow(card, card.object === "deal" ? await readStageLabels(connectionId) : NO_LABELS),
    ...viewUrls(card, connection, base),
    triggers: card.triggers.map((trigger) => tellTrigger(trigger, schemas, type)),
    lastTriggers: card.lastTriggers.map((trigger) => tellTrigger(trigger, schemas, type)),
    nextTryAt: card.nextTryAt?.toISOString() ?? null,
    attempts: card.attempts,
    hubspotModifiedAt: card.hubspotModifiedAt?.toISOString() ?? null,
    salesforceModifiedAt: card.salesforceModifiedAt?.toISOString() ?? null,
    errors: card.errors.map((error) => viewError(error, type, schemas, tell)),
    gates: explained?.gates ?? [],
    fields: fields.map((field) => tellField(field, tell)),
    related: await viewRelated(connectionId, card),
    candidates: card.candidates.map((candidate) => viewCandidate(candidate, connection, base)),
  };
}

/** Null for an unknown record. */
export async function viewTimeline(
  connectionId: string,
  recordId: string,
  page: { before: string | undefined; limit: number },
): Promise<Timeline | null> {
  const [record, timeline] = await Promise.all([
    readRecordRow(connectionId, recordId),
    readTimeline(connectionId, recordId, page),
  ]);
  if (!record) return null;
  const schemas = await readSchemas(connectionId, toMappedObject(record.object));
  const type = record.salesforceType ?? SALESFORCE_TYPES_OF[record.object][0] ?? "Lead";
  const changes = timeline.entries.flatMap((entry) => entry.changes);
  const tell = await loadTexts(connectionId, schemas, type, changes.flatMap(valuesOfChange));
  return {
    nextBefore: timeline.nextBefore,
    entries: timeline.entries.map((entry) => ({
      ...entry,
      at: entry.at.toISOString(),
      triggers: entry.triggers.map((trigger) => tellTrigger(trigger, schemas, type)),
      changes: entry.changes.map(({ mappingId: _, source: __, ...change }) => {
        const hubspotLabel = labelField(schemas, "hubspot", type, change.hubspotProperty);
        const salesforceLabel = labelField(schemas, "salesforce", type, change.salesforceField);
        return tellChange({ ...change, hubspotLabel, salesforceLabel }, tell);
      }),
    })),
  };
}

type StageLabels = ReadonlyMap<string, string>;
const NO_LABELS: StageLabels = new Map();

/** HubSpot's deal stages by value, as its people read them. */
function readStageLabels(connectionId: string): Promise<StageLabels> {
  return cacheBriefly(`stage labels ${connectionId}`, async () => {
    const { hubspot } = await readSchemas(connectionId, "deal");
    return new Map(hubspot.dealstage?.options?.map((option) => [option.value, option.label]));
  });
}

function viewRow(row: RecordListRow, stages: StageLabels): RecordRow {
  return {
    id: row.id,
    object: row.object,
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
    deal: row.deal && viewDeal(row.deal, stages),
  };
}

/** The record's pages in both CRMs. */
function viewUrls(row: RecordListRow, connection: StoredConnection | null, base: LinkBase) {
  return {
    hubspotUrl: connection && hubspotUrl(connection, row.object, row.hubspotId, base),
    salesforceUrl: connection && salesforceUrl(connection, row.salesforceType, row.salesforceId),
  };
}

function viewDeal(deal: DealFacts, stages: StageLabels): RecordRow["deal"] {
  const amount = deal.amount === null || deal.amount.trim() === "" ? Number.NaN : Number(deal.amount);
  const stage = deal.stage === null ? deal.salesforceStage : (stages.get(deal.stage) ?? deal.stage);
  return { amount: Number.isFinite(amount) ? amount : null, currency: deal.currency || null, stage };
}

function viewCandidate(
  candidate: StoredCandidate,
  connection: StoredConnection,
  base: LinkBase,
): RecordDetail["candidates"][number] {
  const isSalesforce = (SALESFORCE_TYPES as readonly string[]).includes(candidate.type);
  const { id, type, name, email } = candidate;
  const url = isSalesforce ? salesforceUrl(connection, type, id) : hubspotUrl(connection, "contact", id, base);
  return { id, type, name, email, url };
}
