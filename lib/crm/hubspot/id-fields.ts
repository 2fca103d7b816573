import { z } from "zod";
import { SALESFORCE_TYPES_OF, type SalesforceType } from "@/lib/decide/record-types";
import {
  CrmCallError,
  HUBSPOT_ID_PROPERTIES,
  HUBSPOT_UNIQUE_PROPERTY,
  type HubSpotObject,
  type IdFields,
} from "../face";
import { listProperties } from "./describe-fields";
import type { OpenObject } from "./open-object";

type IdProperty = { name: string; label: string; description: string; hasUniqueValue: boolean };

/** Where HubSpot shows a property of ours: the first group of each object. */
const GROUPS: Record<HubSpotObject, string> = {
  contact: "contactinformation",
  company: "companyinformation",
  deal: "dealinformation",
  task: "task",
  call: "call",
  email: "email",
  meeting: "meeting",
  note: "note",
};

function idPropertiesOf(object: HubSpotObject): IdProperty[] {
  return [
    {
      name: HUBSPOT_UNIQUE_PROPERTY,
      label: "Kakehashi Salesforce ID",
      description: `The Salesforce record that this ${object} was created from. Kakehashi uses it to never create one twice.`,
      hasUniqueValue: true,
    },
    ...SALESFORCE_TYPES_OF[object].flatMap((type) => shownId(object, type)),
  ];
}

function shownId(object: HubSpotObject, type: SalesforceType): IdProperty[] {
  const name = HUBSPOT_ID_PROPERTIES[type];
  if (name === undefined) return [];
  return [
    {
      name,
      label: `Salesforce ${type} ID`,
      description: `The Salesforce ${type.toLowerCase()} that this ${object} is synced with.`,
      hasUniqueValue: false,
    },
  ];
}

/** Which of the id properties stand; the unique one counts only if HubSpot really keeps it unique. */
export async function findIdFields(open: OpenObject): Promise<IdFields> {
  const missing = (await listMissing(open)).map((property) => property.name);
  return { present: missing.length === 0, missing };
}

/** Creates what is missing. One that appears meanwhile is fine. Throws CrmCallError (MISSING_SCOPES, …). */
export async function createIdFields(open: OpenObject): Promise<void> {
  for (const property of await listMissing(open)) await createProperty(open, property);
}

async function listMissing(open: OpenObject): Promise<IdProperty[]> {
  const standing = new Map((await listProperties(open)).map((property) => [property.name, property]));
  return idPropertiesOf(open.object).filter(({ name, hasUniqueValue }) => {
    const found = standing.get(name);
    return found === undefined || (hasUniqueValue && found.hasUniqueValue !== true);
  });
}

async function createProperty(open: OpenObject, property: IdProperty): Promise<void> {
  try {
    await open.call({
      method: "POST",
      path: open.paths.properties,
      body: { ...property, groupName: GROUPS[open.object], type: "string", fieldType: "text", formField: false },
      isWrite: true,
      reply: z.looseObject({ name: z.string() }),
    });
  } catch (error) {
    const isThere = error instanceof CrmCallError && error.failure.status === 409;
    if (!isThere) throw error;
  }
}
