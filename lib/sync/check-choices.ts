import type { SettingsPatch } from "@/lib/contracts/settings";
import type { StagePair } from "@/lib/decide/connection-settings";
import type { ObjectSchema } from "@/lib/decide/record-types";
import type { StoredConnection } from "@/lib/store/connections";
import { readDealFacts, type StoredDealFacts } from "@/lib/store/deal-facts";
import { readPeople, readSchemas } from "@/lib/store/schema-snapshots";
import type { FieldRefusal } from "./choose-lists";

/** Wished settings, by whatever version they were made on. */
export type GivenSettings = Omit<SettingsPatch, "version">;

/**
 * People, stages and statuses that are chosen must be there as last read. What was chosen before and has gone since does
 * not stand in the way of another change; what was never read is not judged.
 */
export async function checkChoices(connection: StoredConnection, given: GivenSettings): Promise<FieldRefusal[]> {
  const refused: FieldRefusal[] = [];
  if (given.owners) refused.push(...(await checkOwners(connection, given.owners)));
  if (given.stagePairs) {
    const facts = await readDealFacts(connection.id);
    refused.push(...checkStages(given.stagePairs, connection.settings.stagePairs, facts));
  }
  if (given.lifecycle) refused.push(...(await checkLifecycle(connection, given.lifecycle)));
  return refused;
}

async function checkOwners(
  connection: StoredConnection,
  { pairs, defaultUserId }: NonNullable<GivenSettings["owners"]>,
): Promise<FieldRefusal[]> {
  const { hubspotOwners, salesforceUsers } = await readPeople(connection.id);
  const before = connection.settings.owners;
  const refuseUser = (path: string, id: string): FieldRefusal[] => {
    if (Object.keys(salesforceUsers).length === 0) return [];
    const user = Object.hasOwn(salesforceUsers, id) ? salesforceUsers[id] : undefined;
    return user?.active ? [] : [{ path, message: user ? "person_inactive" : "person_unknown" }];
  };
  const isNew = Object.entries(pairs ?? {}).filter(([owner, user]) => before.pairs[owner] !== user);
  const refused = isNew.flatMap(([owner, user]) => {
    const path = `owners.pairs.${owner}`;
    const isKnown = Object.keys(hubspotOwners).length === 0 || Object.hasOwn(hubspotOwners, owner);
    return isKnown ? refuseUser(path, user) : [{ path, message: "person_unknown" }];
  });
  if (defaultUserId && defaultUserId !== before.defaultUserId) {
    refused.push(...refuseUser("owners.defaultUserId", defaultUserId));
  }
  return refused;
}

function checkStages(
  pairs: readonly StagePair[],
  before: readonly StagePair[],
  { hubspot, salesforce }: StoredDealFacts,
): FieldRefusal[] {
  if (hubspot === null || salesforce === null) return [];
  const keyOf = (pair: StagePair) => JSON.stringify([pair.pipelineId, pair.stageId, pair.stageName, pair.recordTypeId]);
  const known = new Set(before.map(keyOf));
  const recordTypes = salesforce.recordTypes?.map((type) => type.id);
  return pairs.flatMap((pair, index) => {
    const path = `stagePairs.${index}`;
    if (pairs.findIndex((one) => keyOf(one) === keyOf(pair)) < index) return [{ path, message: "twice" }];
    if (known.has(keyOf(pair))) return [];
    const { pipelineId, stageId, stageName, recordTypeId } = pair;
    if (!hubspot.stages.some((stage) => stage.pipelineId === pipelineId && stage.stageId === stageId)) {
      return [{ path: `${path}.stageId`, message: "stage_unknown" }];
    }
    if (!salesforce.stages.some((stage) => stage.isActive && stage.name === stageName)) {
      return [{ path: `${path}.stageName`, message: "stage_unknown" }];
    }
    const isType = recordTypeId === null || recordTypes === undefined || recordTypes.includes(recordTypeId);
    return isType ? [] : [{ path: `${path}.recordTypeId`, message: "record_type_unknown" }];
  });
}

async function checkLifecycle(
  connection: StoredConnection,
  { steps, leadStatus }: NonNullable<GivenSettings["lifecycle"]>,
): Promise<FieldRefusal[]> {
  const { hubspot, Lead } = await readSchemas(connection.id, "contact");
  const before = connection.settings.lifecycle;
  const refused: FieldRefusal[] = [];
  for (const [step, target] of Object.entries(steps ?? {})) {
    if (target === null || target === before.steps[step as keyof typeof before.steps]) continue;
    if (!hasOption(hubspot, "lifecyclestage", target)) {
      refused.push({ path: `lifecycle.steps.${step}`, message: "stage_unknown" });
    }
  }
  for (const [salesforce, status] of Object.entries(leadStatus ?? {})) {
    if (before.leadStatus[salesforce] === status) continue;
    if (hasOption(Lead, "Status", salesforce) && hasOption(hubspot, "hs_lead_status", status)) continue;
    refused.push({ path: `lifecycle.leadStatus.${salesforce}`, message: "status_unknown" });
  }
  return refused;
}

/** A field that was never described has whatever is asked for. */
function hasOption(schema: ObjectSchema, field: string, value: string): boolean {
  const options = schema[field]?.options;
  return options === undefined || options.some((option) => option.active && option.value === value);
}
