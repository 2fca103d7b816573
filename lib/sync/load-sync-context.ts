import {
  HUBSPOT_CONTACT_ID_PROPERTY,
  HUBSPOT_LEAD_ID_PROPERTY,
  HUBSPOT_UNIQUE_PROPERTY,
  SALESFORCE_HUBSPOT_ID_FIELD,
} from "@/lib/crm/face";
import type { ObjectSchema, SalesforceType, SyncSettings } from "@/lib/decide/record-types";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { listMappings } from "@/lib/store/field-mappings";
import { readPeople, readSchemas } from "@/lib/store/schema-snapshots";

/** Everything that stays the same during one run of a connection. */
export type SyncContext = {
  connectionId: string;
  connection: StoredConnection;
  settings: SyncSettings;
  /** HubSpot properties and Salesforce fields that are read: the mapped ones, the addresses, names and ids */
  properties: string[];
  fields: Record<SalesforceType, string[]>;
  idFields: { hubspot: boolean; salesforce: boolean };
};

const ALWAYS_READ_PROPERTIES = ["email", "hs_additional_emails", "firstname", "lastname", "company"];
const ALWAYS_READ_FIELDS: Record<SalesforceType, string[]> = {
  Lead: ["Email", "FirstName", "LastName", "Company", "IsConverted", "ConvertedContactId"],
  Contact: ["Email", "FirstName", "LastName"],
};

export const ID_FIELD_NAMES = {
  hubspotUnique: HUBSPOT_UNIQUE_PROPERTY,
  hubspotLead: HUBSPOT_LEAD_ID_PROPERTY,
  hubspotContact: HUBSPOT_CONTACT_ID_PROPERTY,
  salesforce: SALESFORCE_HUBSPOT_ID_FIELD,
};

/** null when there is no such connection. */
export async function loadSyncContext(connectionId: string): Promise<SyncContext | null> {
  const connection = await readConnection(connectionId);
  if (!connection) return null;
  const [mappings, schemas, people] = await Promise.all([
    listMappings(connectionId),
    readSchemas(connectionId),
    readPeople(connectionId),
  ]);
  const idFields = {
    hubspot: connection.capabilities.hubspot?.present ?? false,
    salesforce: connection.capabilities.salesforce?.present ?? false,
  };
  const { checkEveryMinutes: _, contactSyncOn, ...creation } = connection.settings;
  return {
    connectionId,
    connection,
    settings: {
      connectionActive: connection.status === "active",
      contactSyncOn,
      creation,
      mappings,
      schemas,
      ...people,
    },
    properties: namesToRead(
      schemas.hubspot,
      mappings.map((m) => m.hubspotProperty),
      ALWAYS_READ_PROPERTIES,
      idFields.hubspot ? [HUBSPOT_UNIQUE_PROPERTY, HUBSPOT_LEAD_ID_PROPERTY, HUBSPOT_CONTACT_ID_PROPERTY] : [],
    ),
    fields: {
      Lead: fieldsToRead(
        "Lead",
        schemas.Lead,
        mappings.map((m) => m.leadField),
        idFields.salesforce,
      ),
      Contact: fieldsToRead(
        "Contact",
        schemas.Contact,
        mappings.map((m) => m.contactField),
        idFields.salesforce,
      ),
    },
    idFields,
  };
}

function fieldsToRead(
  type: SalesforceType,
  schema: ObjectSchema,
  mapped: (string | null)[],
  idFieldPresent: boolean,
): string[] {
  const names = mapped.filter((name) => name !== null);
  return namesToRead(schema, names, ALWAYS_READ_FIELDS[type], idFieldPresent ? [SALESFORCE_HUBSPOT_ID_FIELD] : []);
}

/** A mapped field that is gone from its CRM is left out: asking for it would fail every record. */
function namesToRead(schema: ObjectSchema, mapped: string[], always: string[], ids: string[]): string[] {
  const known = [...mapped, ...always].filter((name) => name in schema);
  return [...new Set([...known, ...ids])].sort();
}
