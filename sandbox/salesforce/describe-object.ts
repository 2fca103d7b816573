import { listRecordTypeInfos } from "./record-types";
import { isWritable } from "./records";
import type { FieldDef, ObjectDef } from "./schema";
import type { OrgState } from "./state";

const SOAP_TYPES: Record<string, string> = {
  id: "tns:ID",
  reference: "tns:ID",
  boolean: "xsd:boolean",
  int: "xsd:int",
  double: "xsd:double",
  currency: "xsd:double",
  percent: "xsd:double",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  address: "urn:address",
};
const TEXTUAL = new Set(["string", "picklist", "multipicklist", "textarea", "phone", "email", "url"]);

function lengthOf(field: FieldDef): number {
  if (field.type === "id" || field.type === "reference") return 18;
  return TEXTUAL.has(field.type) ? (field.length ?? 255) : 0;
}

function describePicklist(def: ObjectDef, field: FieldDef): object[] {
  return (field.picklist ?? []).map((value) => ({
    active: true,
    defaultValue: field.default === value,
    label: field.labels?.[value] ?? value,
    validFor: encodeValidFor(def, field, value),
    value,
  }));
}

/** Base64 of bits, one per value of the controlling field, first value = highest bit of the first byte. */
function encodeValidFor(def: ObjectDef, field: FieldDef, value: string): string | null {
  if (!field.controller) return null;
  const controlling = def.findField(field.controller.field);
  const values = controlling?.type === "boolean" ? ["false", "true"] : (controlling?.picklist ?? []);
  // Three bytes at least: so many characters has the shortest text seen in real replies.
  const bytes = new Uint8Array(Math.max(3, Math.ceil(values.length / 8)));
  values.forEach((name, i) => {
    if (field.controller?.allowed[name]?.includes(value)) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (0x80 >> (i & 7));
  });
  return Buffer.from(bytes).toString("base64");
}

/** The 52 keys of a field in a describe result. */
function describeField(state: OrgState, def: ObjectDef, field: FieldDef): object {
  const length = lengthOf(field);
  const compound = field.type === "address";
  const long = field.type === "textarea" && length > 255;
  const calculated = field.formula !== undefined;
  return {
    aggregatable: !compound && !long && field.type !== "boolean",
    aiPredictionField: false,
    autoNumber: false,
    byteLength: length * 3,
    calculated,
    calculatedFormula: field.formula ?? null,
    cascadeDelete: field.masterDetail === true,
    caseSensitive: false,
    compoundFieldName: field.compound ?? null,
    controllerName: field.controller?.field ?? null,
    createable: isWritable(state, def, field.name, "insert"),
    custom: field.name.endsWith("__c"),
    defaultValue: field.type === "boolean" ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate === true,
    dependentPicklist: field.controller !== undefined,
    deprecatedAndHidden: false,
    digits: field.digits ?? 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId === true,
    extraTypeInfo: null,
    filterable: !compound && !long,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: !compound && !long && !calculated && !["double", "currency", "percent", "datetime"].includes(field.type),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.type === "id" || field.idLookup === true || field.externalId === true,
    inlineHelpText: null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField === true,
    namePointing: (field.referenceTo?.length ?? 0) > 1,
    nillable: field.required !== true && field.type !== "boolean" && field.defaultedOnCreate !== true,
    permissionable: !field.required && !field.readOnly,
    picklistValues: describePicklist(def, field),
    polymorphicForeignKey: (field.referenceTo?.length ?? 0) > 1,
    precision: field.precision ?? 0,
    queryByDistance: compound,
    referenceTargetField: null,
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restricted === true,
    scale: field.scale ?? 0,
    searchPrefilterable: field.type === "reference",
    soapType: SOAP_TYPES[field.type] ?? "xsd:string",
    sortable: !compound && !long,
    type: field.type,
    unique: field.unique === true,
    updateable: isWritable(state, def, field.name, "update"),
    writeRequiresMasterRead: false,
  };
}

function isFixed(def: ObjectDef): boolean {
  return def.fixed;
}

/** The object's entry in describeGlobal, which is also the head of its describe. */
export function describeHead(state: OrgState, def: ObjectDef, version: string): Record<string, unknown> {
  const permission = state.objectPermission(def.name);
  const path = `/services/data/${version}/sobjects/${def.name}`;
  const person = ["Lead", "Contact", "Account"].includes(def.name);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: !isFixed(def) && permission.createable,
    custom: def.name.endsWith("__c"),
    customSetting: false,
    deepCloneable: false,
    deletable: !isFixed(def) && def.name !== "User",
    deprecatedAndHidden: false,
    feedEnabled: person,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: def.keyPrefix,
    label: def.label,
    labelPlural: def.labelPlural,
    layoutable: !isFixed(def),
    mergeable: person,
    mruEnabled: !isFixed(def),
    name: def.name,
    queryable: true,
    replicateable: !isFixed(def),
    retrieveable: true,
    searchable: !isFixed(def),
    triggerable: !isFixed(def),
    undeletable: !isFixed(def) && def.name !== "User",
    updateable: !isFixed(def) && permission.editable,
    urls: { rowTemplate: `${path}/{ID}`, describe: `${path}/describe`, sobject: path },
  };
}

/** How a parent names its children: `Contacts`, `Tasks`, or what the custom lookup field says. */
export function nameChildRelationship(def: ObjectDef, child: ObjectDef, field: FieldDef): string | undefined {
  if (field.childRelationship) return field.childRelationship;
  const isActivity = field.name === "WhoId" || field.name === "WhatId";
  return field.name === `${def.name}Id` || isActivity ? child.labelPlural.replace(/ /g, "") : undefined;
}

function listChildren(state: OrgState, def: ObjectDef): object[] {
  return state.schema.objects.flatMap((child) =>
    child.fields
      .filter((field) => field.referenceTo?.includes(def.name))
      .map((field) => ({
        cascadeDelete: field.masterDetail === true || (def.name === "Account" && child.name === "Contact"),
        childSObject: child.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: nameChildRelationship(def, child, field) ?? null,
        restrictedDelete: false,
      })),
  );
}

/** A whole describe. Fields that the user may not read are absent, as in the real one. */
export function describeObject(state: OrgState, def: ObjectDef, version: string): Record<string, unknown> {
  const readable = def.fields.filter((field) => state.permission(def.name, field.name).readable);
  const path = `/services/data/${version}/sobjects/${def.name}`;
  return {
    actionOverrides: [],
    ...describeHead(state, def, version),
    childRelationships: listChildren(state, def),
    compactLayoutable: true,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: readable.map((field) => describeField(state, def, field)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: listRecordTypeInfos(state, def, path),
    searchLayoutable: !isFixed(def),
    sobjectDescribeOption: "FULL",
    supportedScopes: [
      { label: `All ${def.labelPlural.toLowerCase()}`, name: "everything" },
      { label: `My ${def.labelPlural.toLowerCase()}`, name: "mine" },
    ],
  };
}
