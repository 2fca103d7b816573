import { defaultMappings } from "@/lib/decide/default-mappings";
import type { Side } from "@/lib/decide/record-types";
import { readConnection, resumeConnection, saveAccount, saveCapabilities } from "@/lib/store/connections";
import { insertDefaultMappings, listMappings } from "@/lib/store/field-mappings";
import { readSchemas, savePeople, saveSchema } from "@/lib/store/schema-snapshots";
import { type OpenCrms, openCrms } from "./open-crms";

export type PrepareResult = "prepared" | "not_found" | "not_connected";

/**
 * Makes a connection whose two sides are signed in ready to sync and turns it on: account names, field descriptions,
 * owners and users, id fields (created where `createIdFields` carries the consent), the default mappings; due for a check
 * now. Repeating it is harmless.
 * @throws CrmCallError when a CRM cannot be asked or refuses.
 */
export async function prepareConnection(
  connectionId: string,
  wish: { createIdFields: boolean },
): Promise<PrepareResult> {
  const connection = await readConnection(connectionId);
  if (!connection) return "not_found";
  if (!connection.accounts.hubspot || !connection.accounts.salesforce) return "not_connected";
  await readBothSides(connectionId, wish.createIdFields);
  if ((await listMappings(connectionId)).length === 0) {
    await insertDefaultMappings(connectionId, defaultMappings(await readSchemas(connectionId)));
  }
  await resumeConnection(connectionId);
  return "prepared";
}

async function readBothSides(connectionId: string, createIdFields: boolean): Promise<void> {
  const crms = await openCrms(connectionId);
  if (createIdFields) {
    // One after the other: HubSpot is asked only if Salesforce, the stricter one, let us.
    await crms.salesforce.createIdFields();
    await crms.hubspot.createIdFields();
  }
  await Promise.all([readHubSpotSide(connectionId, crms), readSalesforceSide(connectionId, crms)]);
}

/** What a freshly signed-in side says of itself: account, fields, people, id fields. */
export async function readSide(connectionId: string, side: Side): Promise<void> {
  const crms = await openCrms(connectionId);
  await (side === "hubspot" ? readHubSpotSide(connectionId, crms) : readSalesforceSide(connectionId, crms));
}

/** Reads fields and people of both sides again; runs never describe by themselves (spec Q2). */
export async function refreshSchemas(connectionId: string): Promise<void> {
  await readBothSides(connectionId, false);
}

async function readHubSpotSide(connectionId: string, { hubspot }: OpenCrms): Promise<void> {
  const [connection, account, fields, people, idFields] = await Promise.all([
    readConnection(connectionId),
    hubspot.readAccount(),
    hubspot.describe(),
    hubspot.listOwners(),
    hubspot.findIdFields(),
  ]);
  await saveSchema(connectionId, "hubspot", fields);
  await savePeople(connectionId, "hubspot", people);
  await saveCapabilities(connectionId, "hubspot", idFields);
  await saveAccount(connectionId, "hubspot", {
    id: account.portalId,
    name: account.name,
    userName: null,
    connectedAt: connection?.accounts.hubspot?.connectedAt ?? new Date(),
  });
}

async function readSalesforceSide(connectionId: string, { salesforce }: OpenCrms): Promise<void> {
  const [connection, account, lead, contact, people, idFields] = await Promise.all([
    readConnection(connectionId),
    salesforce.readAccount(),
    salesforce.describe("Lead"),
    salesforce.describe("Contact"),
    salesforce.listUsers(),
    salesforce.findIdFields(),
  ]);
  await saveSchema(connectionId, "Lead", lead);
  await saveSchema(connectionId, "Contact", contact);
  await savePeople(connectionId, "salesforce", people);
  await saveCapabilities(connectionId, "salesforce", idFields);
  await saveAccount(connectionId, "salesforce", {
    id: account.orgId,
    name: account.name,
    userName: account.userName,
    connectedAt: connection?.accounts.salesforce?.connectedAt ?? new Date(),
  });
}
