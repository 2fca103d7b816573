import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { FieldCondition, SalesforceType } from "@/lib/decide/record-types";
import type { StoredConnection } from "@/lib/store/connections";
import { readSchemas } from "@/lib/store/schema-snapshots";
import { checkChoices, type GivenSettings } from "./check-choices";
import { checkChosenLists, type FieldRefusal } from "./choose-lists";
import { tryCrm } from "./try-crm";

export type CheckedSettings =
  | { kind: "fits"; given: GivenSettings }
  | { kind: "invalid"; fields: FieldRefusal[] }
  | { kind: "crm_unavailable"; failure: RemoteFailure };

/**
 * What only the two CRMs can say of wished settings: inclusion lists must be active ones of the right object (G2), and
 * conditions (G4, C2) must look at fields that are there, chosen people and stages must be known (O1, L1, P2). Chosen lists
 * come back under HubSpot's name for them.
 */
export async function checkSettings(connection: StoredConnection, given: GivenSettings): Promise<CheckedSettings> {
  const fields = [...(await checkConditions(connection, given)), ...(await checkChoices(connection, given))];
  if (!given.inclusionLists) return fields.length > 0 ? { kind: "invalid", fields } : { kind: "fits", given };
  const { inclusionLists } = given;
  const tried = await tryCrm(() => checkChosenLists(connection, inclusionLists));
  if (!tried.ok) return { kind: "crm_unavailable", failure: tried.failure };
  fields.push(...tried.answer.refused);
  if (fields.length > 0) return { kind: "invalid", fields };
  return { kind: "fits", given: { ...given, inclusionLists: tried.answer.lists } };
}

/** Fields of a type that was never described (its object is off) are not judged. */
async function checkConditions(connection: StoredConnection, given: GivenSettings): Promise<FieldRefusal[]> {
  const { salesforceFilter, leadOrContactRules } = given;
  if (!salesforceFilter && !leadOrContactRules) return [];
  const refused: FieldRefusal[] = [];
  const schemas = await readSchemas(connection.id, "contact");
  for (const [type, conditions] of Object.entries(salesforceFilter ?? {}) as [SalesforceType, FieldCondition[]][]) {
    refused.push(...findUnknown(conditions, schemas[type], `salesforceFilter.${type}`));
  }
  for (const [index, { conditions }] of (leadOrContactRules ?? []).entries()) {
    refused.push(...findUnknown(conditions, schemas.hubspot, `leadOrContactRules.${index}.conditions`));
  }
  return refused;
}

function findUnknown(conditions: FieldCondition[], known: object, path: string): FieldRefusal[] {
  if (Object.keys(known).length === 0) return [];
  return conditions.flatMap(({ field }, index) =>
    Object.hasOwn(known, field) ? [] : [{ path: `${path}.${index}.field`, message: "field_unknown" }],
  );
}
