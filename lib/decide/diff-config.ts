import type { FieldMapping, MappedObject } from "./record-types";

export type ConfigMappingValues = Omit<FieldMapping, "id">;
export type Config = {
  settings: Record<string, unknown>;
  mappings: Partial<Record<MappedObject, ConfigMappingValues[]>>;
};

/** One line of a diff. `path`: "settings.company.on", "mappings.contact.email.rule"; undefined = not there. */
export type ConfigChange = { path: string; before: unknown; after: unknown };
export type MappingChange = {
  object: MappedObject;
  hubspotProperty: string;
  before: ConfigMappingValues | null;
  after: ConfigMappingValues | null;
};

/** Every value that differs, the deepest that says so; lists are compared as a whole. What is not wanted stays. */
export function diffSettings(current: Record<string, unknown>, wanted: Record<string, unknown>): ConfigChange[] {
  return diffValues("settings", current, wanted);
}

/** Mappings are told apart by their HubSpot property; objects that are not wanted at all stay. */
export function diffMappings(current: Config["mappings"], wanted: Config["mappings"]): MappingChange[] {
  return Object.entries(wanted).flatMap(([name, rows]) => {
    const object = name as MappedObject;
    const before = byProperty(current[object] ?? []);
    const after = byProperty(rows);
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((hubspotProperty) => {
      const change = { before: before.get(hubspotProperty) ?? null, after: after.get(hubspotProperty) ?? null };
      return isSame(change.before, change.after) ? [] : [{ object, hubspotProperty, ...change }];
    });
  });
}

/** A change of a mapping line by line; a new or a removed one is one line. */
export function describeMappingChange({ object, hubspotProperty, before, after }: MappingChange): ConfigChange[] {
  const path = `mappings.${object}.${hubspotProperty}`;
  if (before === null || after === null) {
    return [{ path, before: before ?? undefined, after: after ?? undefined }];
  }
  return diffValues(path, before, after);
}

function byProperty(rows: ConfigMappingValues[]): Map<string, ConfigMappingValues> {
  return new Map(rows.map((row) => [row.hubspotProperty, row]));
}

function diffValues(path: string, current: unknown, wanted: unknown): ConfigChange[] {
  if (wanted === undefined || isSame(current, wanted)) return [];
  if (!isGroup(current) || !isGroup(wanted)) return [{ path, before: current, after: wanted }];
  return Object.entries(wanted).flatMap(([name, value]) => diffValues(`${path}.${name}`, current[name], value));
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isGroup(a) || !isGroup(b)) return (a ?? null) === null && (b ?? null) === null;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => isSame(a[name], b[name]));
}
