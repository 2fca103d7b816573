import { z } from "zod";
import { SALESFORCE_TYPES_OF, type SalesforceType } from "@/lib/decide/record-types";
import {
  CrmCallError,
  HUBSPOT_ID_PROPERTIES,
  HUBSPOT_UNIQUE_PROPERTY,
  type HubSpotObject,
  type IdFields,
} from "../face";
import { type HubSpotProperty, listProperties } from "./describe-fields";
import type { OpenObject } from "./open-object";

type IdProperty = { name: string; label: string; description: string; hasUniqueValue: boolean };

/** Where HubSpot shows a property of ours. */
const GROUPS: Partial<Record<HubSpotObject, string>> = {
  contact: "contactinformation",
  company: "companyinformation",
  deal: "dealinformation",
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
  const missing = listMissing(open, await listProperties(open)).map((property) => property.name);
  return { present: missing.length === 0, missing };
}

/** Creates what is missing. One that appears meanwhile is fine. Throws CrmCallError (MISSING_SCOPES, …). */
export async function createIdFields(open: OpenObject): Promise<void> {
  const standing = await listProperties(open);
  // Activities keep theirs in a group whose name HubSpot does not publish: ours join it.
  const group = GROUPS[open.object] ?? standing.find((property) => property.name === "hs_timestamp")?.groupName;
  for (const property of listMissing(open, standing)) await createProperty(open, property, group ?? open.object);
}

/** Creates a text property of ours; one that is there already is fine. Throws CrmCallError. */
export async function createTextProperty(
  open: OpenObject,
  property: { name: string; label: string; description: string },
): Promise<void> {
  const standing = await listProperties(open);
  if (standing.some(({ name }) => name === property.name)) return;
  await createProperty(open, { ...property, hasUniqueValue: false }, GROUPS[open.object] ?? open.object);
}

function listMissing(open: OpenObject, properties: HubSpotProperty[]): IdProperty[] {
  const standing = new Map(properties.map((property) => [property.name, property]));
  return idPropertiesOf(open.object).filter(({ name, hasUniqueValue }) => {
    const found = standing.get(name);
    return found === undefined || (hasUniqueValue && found.hasUniqueValue !== true);
  });
}

async function createProperty(open: OpenObject, property: IdProperty, groupName: string): Promise<void> {
  try {
    await open.call({
      method: "POST",
      path: open.paths.properties,
      body: { ...property, groupName, type: "string", fieldType: "text", formField: false },
      isWrite: true,
      reply: z.looseObject({ name: z.string() }),
    });
  } catch (error) {
    const isThere = error instanceof CrmCallError && error.failure.status === 409;
    if (!isThere) throw error;
  }
}
