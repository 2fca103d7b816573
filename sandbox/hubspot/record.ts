/** Where an edit came from, in the words of HubSpot's property history. */
type SourceType = "CRM_UI" | "INTEGRATION" | "API" | "FORM" | "IMPORT" | "MERGE_OBJECTS" | "CALCULATED";

/** One edit: all values that it wrote share it. `at` is epoch milliseconds. */
export type Change = {
  readonly at: number;
  readonly sourceType: SourceType;
  readonly sourceId: string | null;
  readonly sourceLabel: string | null;
  readonly userId: number | null;
};

export type PropertyVersion = { readonly value: string; readonly change: Change };

/**
 * One version of a CRM record. Versions are never changed in place, so that the search index can still hold an
 * older one. A property that is absent is null on the wire.
 */
export type CrmRecord = {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archived: boolean;
  readonly archivedAt: number | null;
  readonly origin: Change;
  /** Oldest first; only properties that changed after creation have an entry. */
  readonly history: Readonly<Record<string, readonly PropertyVersion[]>>;
};

/** Shared by the many records that were never edited: a million empty objects would be 56 MB. */
export const NO_HISTORY: CrmRecord["history"] = Object.freeze({});

/** Every version of one property, newest first, as HubSpot lists it. */
export function listVersions(record: CrmRecord, name: string): PropertyVersion[] {
  const kept = record.history[name];
  if (kept) return [...kept].reverse();
  const value = record.properties[name];
  return value === undefined ? [] : [{ value, change: record.origin }];
}

/** The history after writing `value`: the value from creation is put down the first time it is replaced. */
export function extendHistory(
  record: CrmRecord,
  name: string,
  value: string,
  change: Change,
): readonly PropertyVersion[] {
  const created = record.properties[name];
  const past = record.history[name] ?? (created === undefined ? [] : [{ value: created, change: record.origin }]);
  return [...past, { value, change }];
}
