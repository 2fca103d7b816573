import { z } from "zod";
import {
  CrmCallError,
  HUBSPOT_CONTACT_ID_PROPERTY,
  HUBSPOT_LEAD_ID_PROPERTY,
  HUBSPOT_UNIQUE_PROPERTY,
  type IdFields,
} from "../face";
import type { CallHubSpot } from "./call";
import { listProperties } from "./describe-fields";
import { HUBSPOT_PATHS } from "./paths";

type IdProperty = { name: string; label: string; description: string; hasUniqueValue: boolean };

const ID_PROPERTIES: IdProperty[] = [
  {
    name: HUBSPOT_UNIQUE_PROPERTY,
    label: "Kakehashi Salesforce ID",
    description:
      "The Salesforce record that this contact was created from. Kakehashi uses it to never create one twice.",
    hasUniqueValue: true,
  },
  {
    name: HUBSPOT_LEAD_ID_PROPERTY,
    label: "Salesforce Lead ID",
    description: "The Salesforce lead that this contact is synced with.",
    hasUniqueValue: false,
  },
  {
    name: HUBSPOT_CONTACT_ID_PROPERTY,
    label: "Salesforce Contact ID",
    description: "The Salesforce contact that this contact is synced with.",
    hasUniqueValue: false,
  },
];

/** Which of the id properties stand; the unique one counts only if HubSpot really keeps it unique. */
export async function findIdFields(call: CallHubSpot): Promise<IdFields> {
  const missing = (await listMissing(call)).map((property) => property.name);
  return { present: missing.length === 0, missing };
}

/** Creates what is missing. One that appears meanwhile is fine. Throws CrmCallError (MISSING_SCOPES, …). */
export async function createIdFields(call: CallHubSpot): Promise<void> {
  for (const property of await listMissing(call)) await createProperty(call, property);
}

async function listMissing(call: CallHubSpot): Promise<IdProperty[]> {
  const standing = new Map((await listProperties(call)).map((property) => [property.name, property]));
  return ID_PROPERTIES.filter(({ name, hasUniqueValue }) => {
    const found = standing.get(name);
    return found === undefined || (hasUniqueValue && found.hasUniqueValue !== true);
  });
}

async function createProperty(call: CallHubSpot, property: IdProperty): Promise<void> {
  try {
    await call({
      method: "POST",
      path: HUBSPOT_PATHS.properties,
      body: { ...property, groupName: "contactinformation", type: "string", fieldType: "text", formField: false },
      isWrite: true,
      reply: z.looseObject({ name: z.string() }),
    });
  } catch (error) {
    const isThere = error instanceof CrmCallError && error.failure.status === 409;
    if (!isThere) throw error;
  }
}
