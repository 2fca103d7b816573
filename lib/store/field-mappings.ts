import type { FieldMapping, MappedObject, UpdateRule } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import type { Prisma, FieldMapping as Row } from "./generated/client";

export type StoredMapping = FieldMapping & {
  object: MappedObject;
  isDefault: boolean;
  version: number;
  updatedAt: Date;
  updatedBy: string | null;
};

export type MappingValues = Omit<FieldMapping, "id">;

/** In the order in which they were made. */
export async function listMappings(connectionId: string, object: MappedObject): Promise<StoredMapping[]> {
  const rows = await getDatabase().fieldMapping.findMany({
    where: { connectionId, object },
    orderBy: [{ createdAt: "asc" }, { hubspotProperty: "asc" }],
  });
  return rows.map(toMapping);
}

export async function readMapping(connectionId: string, id: string): Promise<StoredMapping | null> {
  const row = await getDatabase().fieldMapping.findUnique({ where: { connectionId_id: { connectionId, id } } });
  return row ? toMapping(row) : null;
}

/** Null when the HubSpot property was mapped by somebody else in the meantime. */
export async function insertMapping(
  connectionId: string,
  object: MappedObject,
  values: MappingValues,
  by: string,
): Promise<StoredMapping | null> {
  try {
    const row = await getDatabase().fieldMapping.create({
      data: { connectionId, object, ...toColumns(values), updatedBy: by },
    });
    return toMapping(row);
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

/** Adds the default mappings; properties that are mapped already stay as they are. Answers how many were added. */
export async function insertDefaultMappings(
  connectionId: string,
  object: MappedObject,
  mappings: MappingValues[],
): Promise<number> {
  const now = Date.now();
  const { count } = await getDatabase().fieldMapping.createMany({
    data: mappings.map((values, index) => ({
      connectionId,
      object,
      ...toColumns(values),
      isDefault: true,
      // One millisecond apart, so that the page lists them in the order given.
      createdAt: new Date(now + index),
    })),
    skipDuplicates: true,
  });
  return count;
}

/** Writes if the mapping is still at `version`; "changed_meanwhile" otherwise. */
export async function updateMapping(
  connectionId: string,
  id: string,
  version: number,
  values: MappingValues,
  by: string,
): Promise<"saved" | "changed_meanwhile" | "already_mapped"> {
  try {
    const { count } = await getDatabase().fieldMapping.updateMany({
      where: { connectionId, id, version },
      data: { ...toColumns(values), version: version + 1, updatedBy: by },
    });
    return count === 1 ? "saved" : "changed_meanwhile";
  } catch (error) {
    if (isUniqueViolation(error)) return "already_mapped";
    throw error;
  }
}

/** Deletes if still at `version`; false otherwise. Default mappings are never deleted (spec F13). */
export async function deleteMapping(connectionId: string, id: string, version: number): Promise<boolean> {
  const { count } = await getDatabase().fieldMapping.deleteMany({
    where: { connectionId, id, version, isDefault: false },
  });
  return count === 1;
}

function toColumns(values: MappingValues) {
  return {
    hubspotProperty: values.hubspotProperty,
    leadField: values.leadField,
    contactField: values.contactField,
    salesforceField: values.salesforceField ?? null,
    rule: values.rule,
    valueMap: values.valueMap as Prisma.InputJsonObject,
  };
}

function toMapping(row: Row): StoredMapping {
  return {
    id: row.id,
    object: row.object as MappedObject,
    hubspotProperty: row.hubspotProperty,
    leadField: row.leadField,
    contactField: row.contactField,
    salesforceField: row.salesforceField,
    rule: row.rule as UpdateRule,
    valueMap: row.valueMap as Record<string, string>,
    isDefault: row.isDefault,
    version: row.version,
    updatedAt: row.updatedAt,
    updatedBy: row.updatedBy,
  };
}

/** P2002: Prisma's word for a unique index that said no. */
function isUniqueViolation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
