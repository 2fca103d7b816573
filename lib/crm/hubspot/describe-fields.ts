import { z } from "zod";
import type { FieldKind, FieldSchema, ObjectSchema } from "@/lib/decide/record-types";
import type { OpenObject } from "./open-object";

export const propertySchema = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  groupName: z.string().nullish(),
  calculated: z.boolean().nullish(),
  hasUniqueValue: z.boolean().nullish(),
  referencedObjectType: z.string().nullish(),
  numberDisplayHint: z.string().nullish(),
  options: z
    .array(
      z.looseObject({
        label: z.string(),
        value: z.string(),
        hidden: z.boolean().nullish(),
        displayOrder: z.number().nullish(),
      }),
    )
    .nullish(),
  modificationMetadata: z.looseObject({ readOnlyValue: z.boolean().nullish() }).nullish(),
});
export type HubSpotProperty = z.infer<typeof propertySchema>;

const propertiesSchema = z.looseObject({ results: z.array(propertySchema) });

/** All properties of the object, archived ones left out. Throws CrmCallError. */
export async function listProperties(open: OpenObject): Promise<HubSpotProperty[]> {
  const reply = await open.call({
    method: "GET",
    path: open.paths.properties,
    query: { archived: "false" },
    isWrite: false,
    reply: propertiesSchema,
  });
  return reply.results;
}

/** Its properties by name. Throws CrmCallError. */
export async function describeFields(open: OpenObject): Promise<ObjectSchema> {
  const properties = await listProperties(open);
  return Object.fromEntries(properties.map((property) => [property.name, toFieldSchema(property)]));
}

function toFieldSchema(property: HubSpotProperty): FieldSchema {
  const kind = chooseKind(property);
  const calculated = property.calculated ?? false;
  const hasOptions = kind === "picklist" || kind === "multipicklist";
  return {
    name: property.name,
    label: property.label,
    kind,
    remoteType: `${property.type}/${property.fieldType}`,
    ...(hasOptions ? { options: readOptions(property) } : {}),
    ...(kind === "number" && property.numberDisplayHint === "percentage" ? { percent: "fraction" as const } : {}),
    readOnly: calculated || (property.modificationMetadata?.readOnlyValue ?? false),
    calculated,
  };
}

/** In the order that HubSpot shows, which the lifecycle goes by (spec L1); -1 = behind all others. */
function readOptions(property: HubSpotProperty): { value: string; label: string; active: boolean }[] {
  const placeOf = (order: number | null | undefined) => ((order ?? -1) >= 0 ? (order ?? 0) : Number.MAX_SAFE_INTEGER);
  const options = (property.options ?? []).toSorted((a, b) => placeOf(a.displayOrder) - placeOf(b.displayOrder));
  return options.map(({ value, label, hidden }) => ({ value, label, active: hidden !== true }));
}

function chooseKind(property: HubSpotProperty): FieldKind {
  const { name, type, fieldType } = property;
  if (name === "hubspot_owner_id" || property.referencedObjectType === "OWNER") return "owner";
  if (name === "email") return "email";
  switch (type) {
    case "bool":
      return "boolean";
    case "number":
    case "date":
    case "datetime":
      return type;
    case "phone_number":
      return "phone";
    case "enumeration":
      return chooseEnumerationKind(fieldType);
    case "string":
      return chooseTextKind(fieldType);
    default:
      // json, object_coordinates and whatever comes later
      return "unsupported";
  }
}

function chooseEnumerationKind(fieldType: string): FieldKind {
  if (fieldType === "booleancheckbox") return "boolean";
  return fieldType === "checkbox" ? "multipicklist" : "picklist";
}

function chooseTextKind(fieldType: string): FieldKind {
  if (fieldType === "textarea" || fieldType === "html") return "longtext";
  if (fieldType === "phonenumber") return "phone";
  return fieldType === "file" ? "unsupported" : "text";
}
