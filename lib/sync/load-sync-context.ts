import {
  HUBSPOT_ID_PROPERTIES,
  HUBSPOT_UNIQUE_PROPERTY,
  SALESFORCE_ID_FIELDS,
  type SalesforceFields,
} from "@/lib/crm/face";
import { type ActivityFacts, activityWordsOf } from "@/lib/decide/activity-words";
import { withCompanyAssociation } from "@/lib/decide/company-association";
import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import type { DecisionSettings } from "@/lib/decide/decide-deal-fields";
import { withLeadStatus } from "@/lib/decide/lead-status";
import { activitySettingsOf, isObjectOn } from "@/lib/decide/objects-on";
import { defaultOwner } from "@/lib/decide/owner-of";
import { pairPeople } from "@/lib/decide/pair-people";
import type { IdFieldNames } from "@/lib/decide/plan-id-fields";
import {
  type ActivitySettings,
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
import { withTaskWords } from "@/lib/decide/task-words";
import { readActivityFacts } from "@/lib/store/activity-facts";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { listMappings } from "@/lib/store/field-mappings";
import { readAllSchemas, readPeople } from "@/lib/store/schema-snapshots";
import { ALWAYS_READ_FIELDS, ALWAYS_READ_PROPERTIES } from "./always-read";
import { loadDealFacts } from "./deal-facts";

/** Everything that stays the same during one run of a connection, for one object. */
export type SyncContext = {
  connectionId: string;
  connection: StoredConnection;
  object: SyncObject;
  settings: DecisionSettings;
  /** HubSpot properties and Salesforce fields that are read: the mapped ones, the addresses, names and ids */
  properties: string[];
  fields: SalesforceFields;
  idFields: { hubspot: boolean; salesforce: boolean };
  /** What the filter (G4) and the rules for new records (C2) look at, mapped or not */
  conditionFields: { hubspot: string[]; salesforce: SalesforceFields };
};

export const ID_FIELD_NAMES: IdFieldNames = {
  hubspotUnique: HUBSPOT_UNIQUE_PROPERTY,
  hubspot: HUBSPOT_ID_PROPERTIES,
  salesforce: SALESFORCE_ID_FIELDS,
};

/** null when there is no such connection. */
export async function loadSyncContext(connectionId: string, object: SyncObject): Promise<SyncContext | null> {
  const connection = await readConnection(connectionId);
  return connection ? makeContext(connection, object, await readShared(connection)) : null;
}

/** One context per object, parents before their children; null when there is no such connection. */
export async function loadSyncContexts(connectionId: string): Promise<SyncContext[] | null> {
  const connection = await readConnection(connectionId);
  if (!connection) return null;
  const shared = await readShared(connection);
  return Promise.all(SYNC_OBJECTS.map((object) => makeContext(connection, object, shared)));
}

/** What the contexts of all objects have in common. O1: people that were paired by hand come first. */
type Shared = {
  people: Awaited<ReturnType<typeof readPeople>>;
  schemasOf: Awaited<ReturnType<typeof readAllSchemas>>;
  activityFacts: ActivityFacts;
};

async function readShared({ id, settings }: StoredConnection): Promise<Shared> {
  const [people, schemasOf, activityFacts] = await Promise.all([
    readPeople(id),
    readAllSchemas(id),
    readActivityFacts(id),
  ]);
  return { people: pairPeople(people, settings.owners.pairs), schemasOf, activityFacts };
}

async function makeContext(
  connection: StoredConnection,
  object: SyncObject,
  { people, schemasOf, activityFacts }: Shared,
): Promise<SyncContext> {
  const isMapped = (MAPPED_OBJECTS as readonly SyncObject[]).includes(object);
  const stored = isMapped ? await listMappings(connection.id, toMappedObject(object)) : [];
  const described = schemasOf(toMappedObject(object));
  const timeZone = connection.accounts.hubspot?.timeZone ?? "UTC";
  const toggled = activitySettingsOf(object, connection.settings, timeZone);
  const activity = toggled && { ...toggled, words: activityWordsOf(activityFacts) };
  const { leadStatus } = connection.settings.lifecycle;
  const statuses = (described.Lead.Status?.options ?? []).map((option) => option.value);
  const contacts = object === "contact" ? withLeadStatus(stored, leadStatus, statuses) : stored;
  const worded = object === "task" ? withTaskWords(contacts, activityFacts.taskWords) : contacts;
  const directed = activity ? directRules(worded, activity) : worded;
  // A task's properties say nothing of those of a call.
  const known = isMapped ? described : { ...described, hubspot: {} };
  const { mappings, schemas } = connection.settings.company.on
    ? withCompanyAssociation(object, directed, known)
    : { mappings: directed, schemas: known };
  const idFields = {
    hubspot: hasIdFields(connection, "hubspot", object),
    salesforce: hasIdFields(connection, "salesforce", object),
  };
  const { settings } = connection;
  const conditionFields = conditionFieldsOf(object, settings, schemas);
  return {
    connectionId: connection.id,
    connection,
    object,
    settings: {
      object,
      connectionActive: connection.status === "active",
      objectSyncOn: isObjectOn(object, settings) && isPrepared(object, connection),
      creation: withDefaults(creationOf(object, settings, activity), settings, people),
      ...(object === "deal" ? { deal: await loadDealFacts(connection.id, settings.stagePairs) } : {}),
      mappings,
      schemas,
      timeZone,
      activity,
      salesforceFilter: settings.salesforceFilter,
      whenDeleted: whenDeletedOf(object, settings),
      inclusionList: inclusionListOf(object, settings),
      ...people,
    },
    properties: [
      ...new Set([
        ...propertiesToRead(object, mappings, schemas.hubspot, idFields.hubspot),
        ...conditionFields.hubspot,
      ]),
    ].sort(),
    fields: Object.fromEntries(
      SALESFORCE_TYPES_OF[object].map((type) => {
        const own = fieldsToRead(object, type, mappings, schemas, idFields.salesforce);
        return [type, [...new Set([...own, ...(conditionFields.salesforce[type] ?? [])])].sort()];
      }),
    ),
    idFields,
    conditionFields,
  };
}

/** Whether both sides were asked what they have for this object: without its descriptions nothing can be mapped. */
export function isPrepared(object: SyncObject, { capabilities }: StoredConnection): boolean {
  const sides = [capabilities.hubspot, capabilities.salesforce];
  return object === "contact" || sides.every((capability) => capability?.objects.includes(object) === true);
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

/** Tasks that travel one way only follow the side that they come from (spec A1, A4). */
function directRules(mappings: FieldMapping[], { toSalesforce, toHubSpot }: ActivitySettings): FieldMapping[] {
  if (Object.keys(toSalesforce).length > 0 === (toHubSpot !== null)) return mappings;
  const rule = toHubSpot === null ? "always_hubspot" : "always_salesforce";
  return mappings.map((mapping) => (mapping.rule === "dont_sync" ? mapping : { ...mapping, rule }));
}

function creationOf(
  object: SyncObject,
  settings: ConnectionSettings,
  activity: ActivitySettings | undefined,
): CreationSettings {
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
  const isGoing = activity === undefined || Object.keys(activity.toSalesforce).length > 0;
  const isComing = activity === undefined || activity.toHubSpot !== null;
  return { toHubSpot: { [type]: isComing ? "create" : "nothing" }, toSalesforce: isGoing ? type : null, defaults };
}

/** What Salesforce requires of an opportunity and a deal may lack: a month is what its own quick entry proposes too. */
const CLOSE_DATE_DAYS = 30;
const DAY_MS = 86_400_000;

/** O1: new contacts, accounts and opportunities whose HubSpot owner is nobody in Salesforce get the user that is set. */
function withDefaults(
  creation: CreationSettings,
  { owners }: ConnectionSettings,
  people: Shared["people"],
): CreationSettings {
  const userId = defaultOwner(owners, people);
  const owner: Record<string, string> = userId === null ? {} : { OwnerId: userId };
  const closeDate = new Date(Date.now() + CLOSE_DATE_DAYS * DAY_MS).toISOString().slice(0, 10);
  const { defaults } = creation;
  return {
    ...creation,
    defaults: {
      ...defaults,
      Contact: { ...owner, ...defaults.Contact },
      Account: { ...owner, ...defaults.Account },
      Opportunity: { ...owner, CloseDate: closeDate, ...defaults.Opportunity },
    },
  };
}

function inclusionListOf(object: SyncObject, settings: ConnectionSettings): SyncSettings["inclusionList"] {
  return object === "contact" || object === "company" || object === "deal" ? settings.inclusionLists[object] : null;
}

/** Activities are never deleted along: they belong to records that stay. */
function whenDeletedOf(object: SyncObject, settings: ConnectionSettings): NonNullable<SyncSettings["whenDeleted"]> {
  if (object !== "contact" && object !== "company" && object !== "deal")
    return { salesforce: "nothing", hubspot: "nothing" };
  return { salesforce: settings.whenDeletedInSalesforce, hubspot: settings.whenDeletedInHubSpot };
}

/** Fields that are gone from their CRM are left out: asking for them would fail every record. */
function conditionFieldsOf(
  object: SyncObject,
  settings: ConnectionSettings,
  schemas: Schemas,
): SyncContext["conditionFields"] {
  const rules = object === "contact" ? settings.leadOrContactRules : [];
  const named = rules.flatMap((rule) => rule.conditions.map((condition) => condition.field));
  return {
    hubspot: [...new Set(named)].filter((name) => name in schemas.hubspot),
    salesforce: Object.fromEntries(
      SALESFORCE_TYPES_OF[object].map((type) => {
        const fields = (settings.salesforceFilter[type] ?? []).map((condition) => condition.field);
        return [type, [...new Set(fields)].filter((name) => name in schemas[type])];
      }),
    ),
  };
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
