import type { Permissions } from "@/lib/contracts/permissions";
import { SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import {
  findMissingRights,
  findMissingScopes,
  listTypesInUse,
  type MissingRight,
  type RightsInput,
} from "@/lib/decide/find-missing-rights";
import { MAPPED_OBJECTS } from "@/lib/decide/record-types";
import { withPurpose } from "@/lib/store/call-purpose";
import type { StoredConnection } from "@/lib/store/connections";
import { listMappings } from "@/lib/store/field-mappings";
import { readCurrentConnection } from "./current-connection";
import { type OpenCrms, openCrms } from "./open-crms";

/**
 * X9: which rights the settings and mappings need and the two sign-ins do not have, by the CRMs' own word: one describe per
 * Salesforce object in use. `granted`: HubSpot's permissions of our sign-in, null while HubSpot is not connected.
 * @throws CrmCallError when Salesforce cannot be asked.
 */
export async function checkPermissions(granted: string[] | null): Promise<Permissions> {
  const connection = await readCurrentConnection();
  const scopes = granted && findMissingScopes(connection.settings, granted);
  const rights = connection.accounts.salesforce && (await checkSalesforce(connection));
  return {
    checkedAt: new Date().toISOString(),
    hubspot: granted && scopes && { granted, needed: scopes.needed },
    salesforce: rights && { objects: rights.checked },
    missing: [...(scopes?.missing ?? []), ...listMissingProperties(connection), ...(rights?.missing ?? [])],
  };
}

async function checkSalesforce(connection: StoredConnection): Promise<ReturnType<typeof findMissingRights>> {
  const crms = await openCrms(connection.id);
  const access = await withPurpose({ object: "all", reason: "manual" }, () => readAccess(connection, crms));
  const mappings: RightsInput["mappings"] = {};
  for (const object of MAPPED_OBJECTS) mappings[object] = await listMappings(connection.id, object);
  return findMissingRights({ settings: connection.settings, mappings, access, idFields: SALESFORCE_ID_FIELDS });
}

async function readAccess({ settings }: StoredConnection, { salesforce }: OpenCrms): Promise<RightsInput["access"]> {
  const types = listTypesInUse(settings);
  const found = await Promise.all(types.map(async (type) => [type, await salesforce.describeAccess(type)] as const));
  return Object.fromEntries(found);
}

/** M6, M7: our properties that HubSpot does not have yet, as they were when both sides were last looked at. */
function listMissingProperties({ accounts, capabilities }: StoredConnection): MissingRight[] {
  if (!accounts.hubspot) return [];
  return (capabilities.hubspot?.missing ?? []).map((name) => {
    const [object = "", field = ""] = name.split(".");
    return {
      side: "hubspot" as const,
      object,
      field,
      fieldLabel: null,
      hubspotProperty: null,
      right: "id_field" as const,
      scope: null,
    };
  });
}
