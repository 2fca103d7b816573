import type { FieldDef, ObjectDef } from "./schema";
import { formatStamp } from "./stamps";
import type { OrgState } from "./state";
import type { Row } from "./table";
import { makeTaskPicklistRows } from "./task-picklists";

const DATA_TYPES: Record<string, string> = {
  string: "Text",
  textarea: "Long Text Area",
  boolean: "Checkbox",
  double: "Number",
  int: "Number",
  currency: "Currency",
  percent: "Percent",
  date: "Date",
  datetime: "Date/Time",
  email: "Email",
  phone: "Phone",
  url: "URL",
  picklist: "Picklist",
  multipicklist: "Picklist (Multi-Select)",
  reference: "Lookup",
  address: "Address",
  id: "Lookup",
};

function makeEntity(def: ObjectDef, stamp: string): Row {
  const isCustom = def.name.endsWith("__c");
  return {
    Id: `4ie${def.keyPrefix}00000000AAA`,
    IsDeleted: false,
    SystemModstamp: stamp,
    DurableId: def.name,
    QualifiedApiName: def.name,
    DeveloperName: def.name.replace(/__c$/, ""),
    MasterLabel: def.label,
    Label: def.label,
    PluralLabel: def.labelPlural,
    KeyPrefix: def.keyPrefix,
    NamespacePrefix: null,
    IsQueryable: true,
    IsCustomizable: isCustom || !def.fixed,
    IsCustomSetting: false,
    IsTriggerable: !def.fixed,
    IsWorkflowEnabled: !def.fixed,
    IsSearchable: !def.fixed,
    IsLayoutable: !def.fixed,
    LastModifiedDate: stamp,
  };
}

function nameDataType(field: FieldDef): string {
  if (field.formula !== undefined) return `Formula (${DATA_TYPES[field.type] ?? "Text"})`;
  if (field.type === "reference" && field.referenceTo) return `Lookup(${field.referenceTo.join(",")})`;
  const length = ["string", "textarea"].includes(field.type) ? `(${field.length ?? 255})` : "";
  const digits = ["double", "currency", "percent"].includes(field.type)
    ? `(${(field.precision ?? 18) - (field.scale ?? 0)}, ${field.scale ?? 0})`
    : "";
  return `${DATA_TYPES[field.type] ?? "Text"}${length}${digits}`;
}

function makeField(def: ObjectDef, field: FieldDef, stamp: string): Row {
  return {
    Id: "",
    IsDeleted: false,
    SystemModstamp: stamp,
    DurableId: `${def.name}.${field.name}`,
    QualifiedApiName: field.name,
    DeveloperName: field.name.replace(/__c$/, ""),
    EntityDefinitionId: def.name,
    MasterLabel: field.label,
    Label: field.label,
    DataType: nameDataType(field),
    ValueTypeId: field.type,
    Length: field.length ?? 0,
    Precision: field.precision ?? field.digits ?? 0,
    Scale: field.scale ?? 0,
    NamespacePrefix: null,
    RelationshipName: field.relationshipName ?? null,
    IsCalculated: field.formula !== undefined,
    IsIndexed: field.externalId === true || field.unique === true || field.idLookup === true || field.type === "id",
    IsNillable: field.required !== true,
    IsNameField: field.nameField === true,
    IsCompound: field.type === "address",
    IsApiFilterable: field.type !== "address",
    IsApiSortable: field.type !== "address",
    IsFieldHistoryTracked: false,
    LastModifiedDate: stamp,
  };
}

/** The rows of an object that is made from the schema itself; undefined for objects with a table of their own. */
export function makeSetupRows(state: OrgState, object: string): Row[] | undefined {
  const stamp = formatStamp(state.schema.changedAt);
  if (object === "EntityDefinition") return state.schema.objects.map((def) => makeEntity(def, stamp));
  if (object !== "FieldDefinition") return makeTaskPicklistRows(state, object);
  return state.schema.objects.flatMap((def) => def.fields.map((field) => makeField(def, field, stamp)));
}

/** The EntityDefinition that a FieldDefinition belongs to. */
export function findEntity(state: OrgState, name: string): Row | undefined {
  const def = state.schema.findObject(name);
  return def && makeEntity(def, formatStamp(state.schema.changedAt));
}
