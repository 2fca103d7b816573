import { MASTER_RECORD_TYPE } from "./ids";
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

function describePicklist(field: FieldDef): object[] {
  return (field.picklist ?? []).map((value) => ({
    active: true,
    defaultValue: field.default === value,
    label: value,
    validFor: null,
    value,
  }));
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
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: field.compound ?? null,
    controllerName: null,
    createable: isWritable(state, def, field.name, "insert"),
    custom: field.name.endsWith("__c"),
    defaultValue: field.type === "boolean" ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate === true,
    dependentPicklist: false,
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
    picklistValues: describePicklist(field),
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
  return def.name === "Organization";
}

/** The object's entry in describeGlobal, which is also the head of its describe. */
export function describeHead(def: ObjectDef, version: string): Record<string, unknown> {
  const path = `/services/data/${version}/sobjects/${def.name}`;
  const person = ["Lead", "Contact", "Account"].includes(def.name);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: !isFixed(def),
    custom: false,
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
    updateable: !isFixed(def),
    urls: { rowTemplate: `${path}/{ID}`, describe: `${path}/describe`, sobject: path },
  };
}

function listChildren(state: OrgState, def: ObjectDef): object[] {
  return state.schema.objects.flatMap((child) =>
    child.fields
      .filter((field) => field.referenceTo?.includes(def.name))
      .map((field) => ({
        cascadeDelete: def.name === "Account" && child.name === "Contact",
        childSObject: child.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: field.name === `${def.name}Id` ? child.labelPlural.replace(/ /g, "") : null,
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
    ...describeHead(def, version),
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
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: "Master",
        master: true,
        name: "Master",
        recordTypeId: MASTER_RECORD_TYPE,
        urls: { layout: `${path}/describe/layouts/${MASTER_RECORD_TYPE}` },
      },
    ],
    searchLayoutable: !isFixed(def),
    sobjectDescribeOption: "FULL",
    supportedScopes: [
      { label: `All ${def.labelPlural.toLowerCase()}`, name: "everything" },
      { label: `My ${def.labelPlural.toLowerCase()}`, name: "mine" },
    ],
  };
}
