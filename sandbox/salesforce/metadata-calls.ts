import { addCustomField, type FieldMetadata, nameMetadataType } from "./add-field";
import { badRequest, SalesforceError } from "./errors";
import type { FieldDef, ObjectDef, ObjectJson } from "./schema";
import type { SoapCall } from "./soap-calls";
import { formatStamp } from "./stamps";
import type { OrgState } from "./state";
import { findNode, listChildren, readChild, type XmlNode, type XmlValue } from "./xml";

type Result = { [name: string]: XmlValue };

const readNumber = (node: XmlNode, name: string) => {
  const text = readChild(node, name);
  return text === undefined || text === "" ? undefined : Number(text);
};
const readFlag = (node: XmlNode, name: string) => readChild(node, name) === "true";

/** The metadata of a field as it comes by SOAP. */
function readField(node: XmlNode): FieldMetadata {
  const values = findNode(node, "valueSetDefinition");
  const set = findNode(node, "valueSet");
  return {
    type: readChild(node, "type"),
    label: readChild(node, "label"),
    length: readNumber(node, "length"),
    precision: readNumber(node, "precision"),
    scale: readNumber(node, "scale"),
    externalId: readFlag(node, "externalId"),
    unique: readFlag(node, "unique"),
    required: readFlag(node, "required"),
    formula: readChild(node, "formula"),
    referenceTo: readChild(node, "referenceTo"),
    relationshipName: readChild(node, "relationshipName"),
    picklist: values && listChildren(values, "value").map((value) => readChild(value, "fullName") ?? ""),
    restricted: set && readFlag(set, "restricted"),
  };
}

function writeField(field: FieldDef): Result {
  const values = field.picklist?.map((value) => ({ fullName: value, default: field.default === value, label: value }));
  return {
    fullName: field.name,
    externalId: field.externalId === true,
    formula: field.formula,
    label: field.label,
    length: ["string", "textarea"].includes(field.type) && field.formula === undefined ? field.length : undefined,
    precision: field.precision,
    referenceTo: field.type === "reference" ? field.referenceTo?.[0] : undefined,
    relationshipName: field.childRelationship?.replace(/__r$/, ""),
    required: field.required === true,
    scale: field.scale,
    type: nameMetadataType(field),
    unique: field.unique === true,
    valueSet: values && { restricted: field.restricted === true, valueSetDefinition: { sorted: false, value: values } },
  };
}

function writeObject(def: ObjectDef): Result {
  const name = def.findField("Name");
  return {
    "@type": "CustomObject",
    fullName: def.name,
    deploymentStatus: "Deployed",
    fields: def.fields.filter((field) => field.name.endsWith("__c")).map(writeField),
    label: def.label,
    nameField: name ? { label: name.label, type: "Text" } : undefined,
    pluralLabel: def.labelPlural,
    sharingModel: "ReadWrite",
  };
}

function listBaseFields(label: string, nameLabel: string): FieldDef[] {
  const system = { readOnly: true, defaultedOnCreate: true };
  const user = (name: string, relationshipName: string): FieldDef => ({
    name,
    label: name,
    type: "reference",
    referenceTo: ["User"],
    relationshipName,
    ...system,
  });
  const stamp = (name: string): FieldDef => ({ name, label: name, type: "datetime", ...system });
  return [
    { name: "Id", label: "Record ID", type: "id", ...system },
    { ...user("OwnerId", "Owner"), label: "Owner ID", referenceTo: ["Group", "User"], readOnly: false },
    { name: "IsDeleted", label: "Deleted", type: "boolean", ...system },
    { name: "Name", label: nameLabel || `${label} Name`, type: "string", length: 80, nameField: true, idLookup: true },
    stamp("CreatedDate"),
    user("CreatedById", "CreatedBy"),
    stamp("LastModifiedDate"),
    user("LastModifiedById", "LastModifiedBy"),
    stamp("SystemModstamp"),
  ];
}

/** Custom objects get the prefixes a00, a01, …. */
function findFreePrefix(state: OrgState): string {
  for (let n = 0; n < 1296; n++) {
    const prefix = `a${n.toString(36).padStart(2, "0")}`;
    if (!state.schema.findByPrefix(prefix)) return prefix;
  }
  throw badRequest("LIMIT_EXCEEDED", "the maximum number of custom objects is reached");
}

function createObject(state: OrgState, node: XmlNode, fullName: string): void {
  const [label, labelPlural] = [readChild(node, "label"), readChild(node, "pluralLabel")];
  if (!/^[A-Za-z]\w*__c$/.test(fullName)) {
    throw badRequest("INVALID_FULL_NAME", `Custom object names must end in '__c': ${fullName}`);
  }
  if (!label) throw badRequest("REQUIRED_FIELD_MISSING", "Required field is missing: label");
  if (!findNode(node, "nameField"))
    throw badRequest("FIELD_INTEGRITY_EXCEPTION", "Must specify a nameField of type Text or AutoNumber");
  if (state.schema.findObject(fullName))
    throw badRequest("DUPLICATE_DEVELOPER_NAME", `The object name ${fullName} is already used`);
  const nameField = listChildren(node, "nameField")[0];
  const fields = listBaseFields(label, (nameField && readChild(nameField, "label")) ?? "");
  const json: ObjectJson = {
    name: fullName,
    label,
    labelPlural: labelPlural ?? label,
    keyPrefix: findFreePrefix(state),
    fields,
  };
  const def = state.addObject(json);
  for (const field of listChildren(node, "fields"))
    addCustomField(state, def, readChild(field, "fullName") ?? "", readField(field));
}

function findParts(state: OrgState, fullName: string): { def: ObjectDef; field: FieldDef | undefined; name: string } {
  const [object = "", name = ""] = fullName.split(".");
  const def = state.schema.findObject(object);
  if (!def)
    throw badRequest("INVALID_CROSS_REFERENCE_KEY", `In field: ${fullName} - no CustomObject named ${object} found`);
  return { def, field: def.findField(name), name };
}

function updateMetadata(state: OrgState, node: XmlNode, fullName: string): void {
  const { def, field } = findParts(state, fullName);
  if (fullName.includes(".")) {
    if (!field) throw badRequest("INVALID_CROSS_REFERENCE_KEY", `no CustomField named ${fullName} found`);
    const given = readField(node);
    if (given.label) field.label = given.label;
    if (given.length && field.length !== undefined) field.length = given.length;
    if (given.picklist) field.picklist = given.picklist;
    if (given.formula !== undefined && field.formula !== undefined) field.formula = given.formula;
    Object.assign(field, { required: readFlag(node, "required") });
  } else {
    def.label = readChild(node, "label") ?? def.label;
    def.labelPlural = readChild(node, "pluralLabel") ?? def.labelPlural;
  }
  state.schema.changedAt = state.clock.now();
  state.touch();
}

function createMetadata(state: OrgState, node: XmlNode, fullName: string): void {
  const type = node.attributes.type?.replace(/^.*:/, "");
  if (type === "CustomObject") {
    createObject(state, node, fullName);
    return;
  }
  if (type !== "CustomField") throw badRequest("INVALID_TYPE", `Metadata type ${type} is not offered here`);
  const { def, name } = findParts(state, fullName);
  if (!name.endsWith("__c")) throw badRequest("FIELD_INTEGRITY_EXCEPTION", `Field name must end in '__c': ${name}`);
  addCustomField(state, def, name, readField(node));
}

/** Takes a custom field, or a custom object with its records, away. Throws for what is not custom or not there. */
export function deleteMetadata(state: OrgState, fullName: string): void {
  const { def, field } = findParts(state, fullName);
  if (fullName.includes(".")) {
    if (!field?.name.endsWith("__c"))
      throw badRequest("INVALID_CROSS_REFERENCE_KEY", `no CustomField named ${fullName} found`);
    def.removeField(field.name);
    state.schema.changedAt = state.clock.now();
    state.touch();
  } else {
    if (!def.name.endsWith("__c")) throw badRequest("INSUFFICIENT_ACCESS", `${def.name} cannot be deleted`);
    state.removeObject(def);
  }
}

function runEach(names: string[], work: (name: string, i: number) => Result | undefined): Result[] {
  return names.map((fullName, i) => {
    try {
      return { ...work(fullName, i), fullName, success: true };
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      return { errors: { message: error.message, statusCode: error.errorCode }, fullName, success: false };
    }
  });
}

function runNodes(body: XmlNode, work: (node: XmlNode, fullName: string) => Result | undefined): Result[] {
  const nodes = listChildren(body, "metadata");
  const names = nodes.map((node) => readChild(node, "fullName") ?? "");
  return runEach(names, (name, i) => {
    const node = nodes[i];
    return node && work(node, name);
  });
}

const isKnown = (state: OrgState, fullName: string): boolean => {
  const [object = "", name] = fullName.split(".");
  const def = state.schema.findObject(object);
  return name === undefined ? def !== undefined : def?.findField(name) !== undefined;
};

function listProperties(state: OrgState, type: string): Result[] {
  const date = formatStamp(state.schema.changedAt).replace("+0000", "Z");
  const admin = String(state.table("User").get(state.adminId)?.Name ?? "");
  const tellFile = (fullName: string, id: string) => ({
    createdById: state.adminId,
    createdByName: admin,
    createdDate: date,
    fileName: `objects/${fullName.split(".")[0]}.object`,
    fullName,
    id,
    lastModifiedById: state.adminId,
    lastModifiedByName: admin,
    lastModifiedDate: date,
    manageableState: "unmanaged",
    type,
  });
  if (type === "CustomObject")
    return state.schema.objects.filter((def) => !def.fixed).map((def) => tellFile(def.name, ""));
  if (type !== "CustomField") return [];
  return state.schema.objects.flatMap((def) =>
    def.fields.filter((field) => field.name.endsWith("__c")).map((field) => tellFile(`${def.name}.${field.name}`, "")),
  );
}

/** The metadata calls that are kept, for CustomObject and CustomField. */
export const METADATA_CALLS: Record<string, SoapCall> = {
  createMetadata: (state, body) => runNodes(body, (node, name) => void createMetadata(state, node, name)),
  updateMetadata: (state, body) => runNodes(body, (node, name) => void updateMetadata(state, node, name)),
  upsertMetadata: (state, body) =>
    runNodes(body, (node, name) => {
      const created = !isKnown(state, name);
      if (created) createMetadata(state, node, name);
      else updateMetadata(state, node, name);
      return { created };
    }),
  deleteMetadata: (state, body) =>
    runEach(
      listChildren(body, "fullNames").map((node) => node.text.trim()),
      (name) => void deleteMetadata(state, name),
    ),
  readMetadata: (state, body) => ({
    records: listChildren(body, "fullNames").map((node) => {
      const fullName = node.text.trim();
      // What is not there is answered as nil in its place.
      if (!isKnown(state, fullName)) return null;
      const { def, field } = findParts(state, fullName);
      return field ? { "@type": "CustomField", ...writeField(field), fullName } : writeObject(def);
    }),
  }),
  listMetadata: (state, body) =>
    listChildren(body, "queries").flatMap((query) => listProperties(state, readChild(query, "type") ?? "")),
  describeMetadata: () => ({
    metadataObjects: [
      {
        childXmlNames: ["CustomField"],
        directoryName: "objects",
        inFolder: false,
        metaFile: false,
        suffix: "object",
        xmlName: "CustomObject",
      },
    ],
    organizationNamespace: "",
    partialSaveAllowed: true,
    testRequired: false,
  }),
};
