import { PORTAL_ID } from "./ids";
import { EMAILS, type ObjectType } from "./object-types";
import { type CrmRecord, listVersions } from "./record";
import type { PropertySchema } from "./schema";

type WireHistory = {
  value: string;
  timestamp: string;
  sourceType: string;
  sourceId?: string;
  sourceLabel?: string;
  updatedByUserId?: number;
};

export type WireRecord = {
  id: string;
  properties: Record<string, string | null>;
  propertiesWithHistory?: Record<string, WireHistory[]>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt?: string;
  url: string;
  new?: boolean;
  objectWriteTraceId?: string;
};

/** What a read asks for; no `properties` = the type's defaults. `origin` is where this server is reached. */
export type ReadOptions = {
  properties: readonly string[];
  withHistory: readonly string[];
  origin: string;
  /** Without the right to sales emails their content is blanked out. */
  hidesEmails?: boolean;
};

const EMAIL_CONTENT = ["hs_email_html", "hs_email_text", "hs_email_subject", "hs_email_headers", "hs_body_preview"];

/** Always part of an answer, asked for or not. */
function listAlways(type: ObjectType): string[] {
  return [type.createdProperty, "hs_object_id", type.modifiedProperty];
}

function pickProperties(record: CrmRecord, names: Iterable<string>): Record<string, string | null> {
  const picked: Record<string, string | null> = {};
  for (const name of [...new Set(names)].sort()) picked[name] = record.properties[name] ?? null;
  return picked;
}

function formatBase(record: CrmRecord, type: ObjectType, origin: string): Omit<WireRecord, "properties"> {
  return {
    id: record.id,
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: record.archived,
    ...(record.archivedAt === null ? {} : { archivedAt: new Date(record.archivedAt).toISOString() }),
    url: `${origin}/contacts/${PORTAL_ID}/record/${type.typeId}/${record.id}`,
  };
}

function formatHistory(record: CrmRecord, names: readonly string[]): Record<string, WireHistory[]> {
  const histories: Record<string, WireHistory[]> = {};
  for (const name of names) {
    histories[name] = listVersions(record, name).map(({ value, change }) => ({
      value,
      timestamp: new Date(change.at).toISOString(),
      sourceType: change.sourceType,
      ...(change.sourceId === null ? {} : { sourceId: change.sourceId }),
      ...(change.sourceLabel === null ? {} : { sourceLabel: change.sourceLabel }),
      ...(change.userId === null ? {} : { updatedByUserId: change.userId }),
    }));
  }
  return histories;
}

/**
 * A record as a read answers it: asked-for properties (null where empty), unknown names left out as HubSpot does,
 * and history newest first where asked for.
 */
export function formatRead(record: CrmRecord, schema: PropertySchema, options: ReadOptions): WireRecord {
  const asked = options.properties.filter((name) => schema.find(name));
  const names = options.properties.length > 0 ? [...asked, ...listAlways(schema.type)] : schema.type.defaultProperties;
  const { id, ...rest } = formatBase(record, schema.type, options.origin);
  const isHidden = options.hidesEmails === true && schema.type === EMAILS;
  const histories = options.withHistory.filter((name) => schema.find(name));
  return {
    id,
    properties: { ...pickProperties(record, [...names, ...histories]), ...(isHidden ? hideContent(names) : {}) },
    ...(options.withHistory.length > 0 ? { propertiesWithHistory: formatHistory(record, histories) } : {}),
    ...rest,
  };
}

function hideContent(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(EMAIL_CONTENT.filter((name) => names.includes(name)).map((name) => [name, null]));
}

/** Computed properties that answers to writes carry beside the written ones. */
const ECHOED = [
  "hs_all_contact_vids",
  "hs_email_domain",
  "hs_is_contact",
  "hs_is_unworked",
  "hs_pipeline",
  "hs_object_source",
  "hs_object_source_id",
];

/** A record as a write answers it: what was written, and what HubSpot computed. */
export function formatWrite(
  record: CrmRecord,
  schema: PropertySchema,
  written: readonly string[],
  origin: string,
): WireRecord {
  const computed = ECHOED.filter((name) => record.properties[name] !== undefined);
  const { id, ...rest } = formatBase(record, schema.type, origin);
  return { id, properties: pickProperties(record, [...written, ...computed, ...listAlways(schema.type)]), ...rest };
}
