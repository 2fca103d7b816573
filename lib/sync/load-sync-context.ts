import {
  HUBSPOT_ID_PROPERTIES,
  HUBSPOT_UNIQUE_PROPERTY,
  SALESFORCE_ID_FIELDS,
  type SalesforceFields,
} from "@/lib/crm/face";
import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import { isObjectOn } from "@/lib/decide/objects-on";
import type { IdFieldNames } from "@/lib/decide/plan-id-fields";
import {
  type CreationSettings,
  type FieldMapping,
  MAPPED_OBJECTS,
  type ObjectSchema,
  SALESFORCE_TYPES_OF,
  type SalesforceType,
  type Schemas,
  SYNC_OBJECTS,
  type SyncObject,
  type SyncSettings,
  salesforceFieldOf,
  toMappedObject,
} from "@/lib/decide/record-types";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { listMappings } from "@/lib/store/field-mappings";
import { readPeople, readSchemas } from "@/lib/store/schema-snapshots";
import { ALWAYS_READ_FIELDS, ALWAYS_READ_PROPERTIES } from "./always-read";

/** Everything that stays the same during one run of a connection, for one object. */
export type SyncContext = {
  connectionId: string;
  connection: StoredConnection;
  object: SyncObject;
  settings: SyncSettings;
  /** HubSpot properties and Salesforce fields that are read: the mapped ones, the addresses, names and ids */
  properties: string[];
  fields: SalesforceFields;
  idFields: { hubspot: boolean; salesforce: boolean };
};

export const ID_FIELD_NAMES: IdFieldNames = {
  hubspotUnique: HUBSPOT_UNIQUE_PROPERTY,
  hubspot: HUBSPOT_ID_PROPERTIES,
  salesforce: SALESFORCE_ID_FIELDS,
};

/** null when there is no such connection. */
export async function loadSyncContext(connectionId: string, object: SyncObject): Promise<SyncContext | null> {
  const connection = await readConnection(connectionId);
  return connection ? makeContext(connection, object, await readPeople(connectionId)) : null;
}

/** One context per object, parents before their children; null when there is no such connection. */
export async function loadSyncContexts(connectionId: string): Promise<SyncContext[] | null> {
  const connection = await readConnection(connectionId);
  if (!connection) return null;
  const people = await readPeople(connectionId);
  return Promise.all(SYNC_OBJECTS.map((object) => makeContext(connection, object, people)));
}

type People = Awaited<ReturnType<typeof readPeople>>;

async function makeContext(connection: StoredConnection, object: SyncObject, people: People): Promise<SyncContext> {
  const isMapped = (MAPPED_OBJECTS as readonly SyncObject[]).includes(object);
  const [mappings, schemas] = await Promise.all([
    isMapped ? listMappings(connection.id, toMappedObject(object)) : [],
    readSchemas(connection.id, toMappedObject(object)),
  ]);
  const idFields = {
    hubspot: hasIdFields(connection, "hubspot", object),
    salesforce: hasIdFields(connection, "salesforce", object),
  };
  const { settings } = connection;
  return {
    connectionId: connection.id,
    connection,
    object,
    settings: {
      object,
      connectionActive: connection.status === "active",
      objectSyncOn: isObjectOn(object, settings),
      creation: creationOf(object, settings),
      mappings,
      schemas,
      salesforceFilter: settings.salesforceFilter,
      inclusionList: inclusionListOf(object, settings),
      ...people,
    },
    properties: propertiesToRead(object, mappings, schemas.hubspot, idFields.hubspot),
    fields: Object.fromEntries(
      SALESFORCE_TYPES_OF[object].map((type) => [
        type,
        fieldsToRead(object, type, mappings, schemas, idFields.salesforce),
      ]),
    ),
    idFields,
  };
}

function hasIdFields(connection: StoredConnection, side: "hubspot" | "salesforce", object: SyncObject): boolean {
  const capability = connection.capabilities[side];
  if (!capability) return false;
  return capability.objects.includes(object) && !capability.missing.some((name) => belongsTo(name, side, object));
}

/** Missing id fields are named "Lead.HubSpot_Contact_Id__c" and "company.salesforceaccountid". */
function belongsTo(name: string, side: "hubspot" | "salesforce", object: SyncObject): boolean {
  const owner = name.split(".")[0] ?? "";
  if (side === "hubspot") return owner === object;
  return (SALESFORCE_TYPES_OF[object] as readonly string[]).includes(owner);
}

function creationOf(object: SyncObject, settings: ConnectionSettings): CreationSettings {
  const { defaults } = settings;
  if (object === "contact") {
    const { hubspotToSalesforce: wanted } = settings;
    return {
      toHubSpot: { Lead: settings.leadToHubSpot, Contact: settings.contactToHubSpot },
      toSalesforce: wanted === "nothing" ? null : wanted === "lead" ? "Lead" : "Contact",
      rules: settings.leadOrContactRules,
      defaults,
    };
  }
  const type = SALESFORCE_TYPES_OF[object][0] ?? "Task";
  if (object === "company" || object === "deal") {
    const { toSalesforce, toHubSpot } = settings[object];
    return { toHubSpot: { [type]: toHubSpot }, toSalesforce: toSalesforce === "create" ? type : null, defaults };
  }
  return { toHubSpot: { [type]: "create" }, toSalesforce: type, defaults };
}

function inclusionListOf(object: SyncObject, settings: ConnectionSettings): SyncSettings["inclusionList"] {
  return object === "contact" || object === "company" || object === "deal" ? settings.inclusionLists[object] : null;
}

function propertiesToRead(
  object: SyncObject,
  mappings: FieldMapping[],
  schema: ObjectSchema,
  idFieldsPresent: boolean,
): string[] {
  const mapped = mappings.map((mapping) => mapping.hubspotProperty);
  const shownIds = SALESFORCE_TYPES_OF[object].flatMap((type) => HUBSPOT_ID_PROPERTIES[type] ?? []);
  const ids = idFieldsPresent ? [HUBSPOT_UNIQUE_PROPERTY, ...shownIds] : [];
  return namesToRead(schema, mapped, ALWAYS_READ_PROPERTIES[object], ids);
}

function fieldsToRead(
  object: SyncObject,
  type: SalesforceType,
  mappings: FieldMapping[],
  schemas: Schemas,
  idFieldsPresent: boolean,
): string[] {
  const mapped = mappings.map((mapping) => salesforceFieldOf(mapping, type)).filter((name) => name !== null);
  const idField = SALESFORCE_ID_FIELDS[type];
  const ids = idFieldsPresent && idField !== null ? [idField] : [];
  return namesToRead(schemas[type], mapped, ALWAYS_READ_FIELDS[object][type] ?? [], ids);
}

/** A mapped field that is gone from its CRM is left out: asking for it would fail every record. */
function namesToRead(schema: ObjectSchema, mapped: string[], always: readonly string[], ids: string[]): string[] {
  // An object without a kept description (activities) has no mapped fields; what is always read exists everywhere.
  const isDescribed = Object.keys(schema).length > 0;
  const known = [...mapped, ...always].filter((name) => !isDescribed || name in schema);
  return [...new Set([...known, ...ids])].sort();
}
