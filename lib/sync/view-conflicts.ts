import type { Conflict, ConflictList } from "@/lib/contracts/conflicts";
import { SALESFORCE_TYPES_OF, type SalesforceType, type Schemas, toMappedObject } from "@/lib/decide/record-types";
import {
  type ConflictEntry,
  type ConflictFilter,
  listConflictFields,
  listConflicts,
} from "@/lib/store/conflict-queries";
import { readConnection } from "@/lib/store/connections";
import { readAllSchemas } from "@/lib/store/schema-snapshots";
import { hubspotUrl, type LinkBase, salesforceUrl } from "./view-crm-links";
import { labelField, loadTexts, type TellText, tellChange, tellTrigger, valuesOfChange } from "./view-values";

type SchemasOf = Awaited<ReturnType<typeof readAllSchemas>>;

/** One page of fields that were edited on both sides, newest first; with the first page, the fields to filter by. */
export async function viewConflicts(
  connectionId: string,
  filter: ConflictFilter,
  page: { cursor: string | undefined; limit: number },
  base: LinkBase,
): Promise<ConflictList> {
  const schemasOf = await readAllSchemas(connectionId);
  const [told, fields] = await Promise.all([
    readPage(connectionId, filter, page, base, schemasOf),
    page.cursor === undefined ? nameFields(connectionId, schemasOf) : [],
  ]);
  return { ...told, fields };
}

/** The pages of the list one after the other, as they are read. */
export async function* walkConflicts(
  connectionId: string,
  filter: ConflictFilter,
  limit: number,
  base: LinkBase,
): AsyncGenerator<Conflict[]> {
  const schemasOf = await readAllSchemas(connectionId);
  let cursor: string | undefined;
  do {
    const page = await readPage(connectionId, filter, { cursor, limit }, base, schemasOf);
    yield page.conflicts;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function readPage(
  connectionId: string,
  filter: ConflictFilter,
  page: { cursor: string | undefined; limit: number },
  base: LinkBase,
  schemasOf: SchemasOf,
): Promise<Omit<ConflictList, "fields">> {
  const [connection, { entries, nextCursor }] = await Promise.all([
    readConnection(connectionId),
    listConflicts(connectionId, filter, page),
  ]);
  if (!connection) return { conflicts: [], nextCursor: null };
  const tellers = await loadTellers(connectionId, entries, schemasOf);
  const conflicts = entries.flatMap((entry) =>
    entry.changes.map(({ mappingId: _, source: __, ...change }) => ({
      entryId: entry.id,
      at: entry.at.toISOString(),
      runId: entry.runId,
      by: entry.by,
      triggers: entry.triggers.map((trigger) => tellTrigger(trigger, schemasFor(entry, schemasOf), typeOf(entry))),
      record: {
        id: entry.recordId,
        object: entry.object,
        name: entry.name,
        company: entry.company,
        salesforceType: entry.salesforceType,
        hubspotUrl: hubspotUrl(connection, entry.object, entry.hubspotId, base),
        salesforceUrl: salesforceUrl(connection, entry.salesforceType, entry.salesforceId),
      },
      change: tellChange({ ...change, ...labelsOf(change, entry, schemasOf) }, tellers(entry)),
    })),
  );
  return { conflicts, nextCursor };
}

/** Owners' names and options' labels, looked up once per kind of record. */
async function loadTellers(
  connectionId: string,
  entries: ConflictEntry[],
  schemasOf: SchemasOf,
): Promise<(entry: ConflictEntry) => TellText> {
  const keyOf = (entry: ConflictEntry) => `${entry.object} ${entry.salesforceType}`;
  const tellers = new Map<string, TellText>();
  for (const [key, same] of Map.groupBy(entries, keyOf)) {
    const [first] = same;
    if (!first) continue;
    const values = same.flatMap((entry) => entry.changes.flatMap(valuesOfChange));
    tellers.set(key, await loadTexts(connectionId, schemasFor(first, schemasOf), typeOf(first), values));
  }
  return (entry) => tellers.get(keyOf(entry)) ?? (() => null);
}

type FieldNames = { hubspotProperty: string; salesforceField: string };
type Kind = Pick<ConflictEntry, "object" | "salesforceType">;

function labelsOf(
  field: FieldNames,
  kind: Kind,
  schemasOf: SchemasOf,
): { hubspotLabel: string; salesforceLabel: string } {
  const schemas = schemasFor(kind, schemasOf);
  return {
    hubspotLabel: labelField(schemas, "hubspot", typeOf(kind), field.hubspotProperty),
    salesforceLabel: labelField(schemas, "salesforce", typeOf(kind), field.salesforceField),
  };
}

async function nameFields(connectionId: string, schemasOf: SchemasOf): Promise<ConflictList["fields"]> {
  const fields = await listConflictFields(connectionId);
  return fields.map((field) => ({
    name: field.hubspotProperty,
    label: labelsOf(field, field, schemasOf).hubspotLabel,
  }));
}

function schemasFor({ object }: Kind, schemasOf: SchemasOf): Schemas {
  return schemasOf(toMappedObject(object));
}

function typeOf({ object, salesforceType }: Kind): SalesforceType {
  return salesforceType ?? SALESFORCE_TYPES_OF[object][0] ?? "Lead";
}
