import { badRequest } from "./errors";
import type { FieldDef, FieldType, ObjectDef } from "./schema";
import type { OrgState } from "./state";

export type FieldMetadata = {
  type?: string | undefined;
  label?: string | undefined;
  length?: number | undefined;
  precision?: number | undefined;
  scale?: number | undefined;
  externalId?: boolean | undefined;
  unique?: boolean | undefined;
  required?: boolean | undefined;
  formula?: string | undefined;
  referenceTo?: string | undefined;
  /** How the parent names its children, without `__r`. */
  relationshipName?: string | undefined;
  picklist?: string[] | undefined;
  restricted?: boolean | undefined;
};

const TYPES: Record<string, FieldType> = {
  text: "string",
  textarea: "textarea",
  longtextarea: "textarea",
  number: "double",
  currency: "currency",
  percent: "percent",
  checkbox: "boolean",
  date: "date",
  datetime: "datetime",
  email: "email",
  phone: "phone",
  url: "url",
  picklist: "picklist",
  multiselectpicklist: "multipicklist",
  lookup: "reference",
  masterdetail: "reference",
};

const METADATA_TYPES: Partial<Record<FieldType, string>> = {
  string: "Text",
  textarea: "LongTextArea",
  double: "Number",
  int: "Number",
  currency: "Currency",
  percent: "Percent",
  boolean: "Checkbox",
  date: "Date",
  datetime: "DateTime",
  email: "Email",
  phone: "Phone",
  url: "Url",
  picklist: "Picklist",
  multipicklist: "MultiselectPicklist",
};

/** The type of a field as the Metadata API names it. */
export function nameMetadataType(field: FieldDef): string {
  if (field.type === "reference") return field.masterDetail ? "MasterDetail" : "Lookup";
  if (field.type === "textarea" && (field.length ?? 0) <= 255) return "TextArea";
  return METADATA_TYPES[field.type] ?? "Text";
}

function makeField(name: string, metadata: FieldMetadata): FieldDef {
  const type = TYPES[(metadata.type ?? "Text").toLowerCase()];
  if (!type) throw badRequest("FIELD_INTEGRITY_EXCEPTION", `Type ${metadata.type} is not supported here`, ["Metadata"]);
  if (!metadata.label) throw badRequest("REQUIRED_FIELD_MISSING", "Required fields are missing: [Label]", ["Metadata"]);
  const numeric = type === "double" || type === "currency" || type === "percent";
  if (type === "string" && metadata.formula === undefined && !metadata.length) {
    throw badRequest("FIELD_INTEGRITY_EXCEPTION", "Must specify 'length' for a CustomField of type Text", ["Metadata"]);
  }
  if (type === "reference") return makeLookup(name, metadata.label, metadata);
  return {
    name,
    label: metadata.label,
    type,
    ...(numeric ? { precision: metadata.precision ?? 18, scale: metadata.scale ?? 0 } : {}),
    ...(numeric || type === "boolean" ? {} : { length: metadata.length ?? 255 }),
    ...(metadata.externalId ? { externalId: true } : {}),
    ...(metadata.unique ? { unique: true } : {}),
    ...(metadata.required ? { required: true } : {}),
    ...(metadata.picklist ? { picklist: metadata.picklist, restricted: metadata.restricted === true } : {}),
    ...(metadata.formula === undefined ? {} : { formula: metadata.formula }),
  };
}

function makeLookup(name: string, label: string, metadata: FieldMetadata): FieldDef {
  if (!metadata.referenceTo)
    throw badRequest("FIELD_INTEGRITY_EXCEPTION", "Must specify 'referenceTo' for a relationship field", ["Metadata"]);
  const masterDetail = metadata.type?.toLowerCase() === "masterdetail";
  return {
    name,
    label,
    type: "reference",
    referenceTo: [metadata.referenceTo],
    relationshipName: name.replace(/__c$/i, "__r"),
    ...(metadata.relationshipName ? { childRelationship: `${metadata.relationshipName}__r` } : {}),
    ...(masterDetail ? { masterDetail: true } : {}),
    ...(metadata.required || masterDetail ? { required: true } : {}),
  };
}

/**
 * Adds a custom field; `name` without `__c` gets it. The integration user may read and edit it at once: a real organisation
 * would still need a permission set, which this one takes as granted to its administrator.
 * Throws DUPLICATE_DEVELOPER_NAME, FIELD_INTEGRITY_EXCEPTION or REQUIRED_FIELD_MISSING.
 */
export function addCustomField(state: OrgState, def: ObjectDef, name: string, metadata: FieldMetadata): FieldDef {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    throw badRequest(
      "FIELD_INTEGRITY_EXCEPTION",
      `The Custom Field API Name can only contain underscores and alphanumeric characters: ${name}`,
      ["FullName"],
    );
  }
  const full = /__c$/i.test(name) ? name : `${name}__c`;
  if (def.findField(full)) {
    throw badRequest(
      "DUPLICATE_DEVELOPER_NAME",
      `There is already a field named ${full.replace(/__c$/i, "")} on ${def.label}.`,
      ["DeveloperName"],
    );
  }
  const field = makeField(full, metadata);
  def.addField(field);
  if (field.externalId || field.unique || field.type === "reference") state.table(def.name).addIndex(field.name);
  state.schema.changedAt = state.clock.now();
  state.touch();
  return field;
}
