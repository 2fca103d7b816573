import { badRequest } from "./errors";
import { normaliseValue } from "./field-values";
import { FormulaError, parseFormula } from "./formula";
import { readPath } from "./read-fields";
import type { ObjectDef } from "./schema";
import { formatStamp } from "./stamps";
import type { OrgState } from "./state";
import type { Row, Value } from "./table";
import { isClosedStatus, isHighPriority } from "./task-picklists";

/** References whose parent is locked while a child is written under it. */
const LOCKING = ["AccountId", "CampaignId", "OpportunityId"];

function composeMember(state: OrgState, row: Row): void {
  const statuses = state.table("CampaignMemberStatus").findByValue("CampaignId", String(row.CampaignId));
  const live = statuses.filter((status) => !status.IsDeleted);
  row.Status ??= live.find((status) => status.IsDefault === true)?.Label ?? "Sent";
  const status = live.find((known) => known.Label === row.Status);
  row.HasResponded = status ? status.HasResponded === true : row.Status === "Responded";
}

function composeOpportunity(state: OrgState, row: Row, old: Row | undefined): void {
  if (old && old.StageName === row.StageName) return;
  const stage = [...state.table("OpportunityStage").readAll()].find((known) => known.ApiName === row.StageName);
  if (!stage) return;
  // A probability that comes along with the stage wins over the stage's own.
  if (row.Probability === (old?.Probability ?? null)) row.Probability = stage.DefaultProbability ?? null;
  Object.assign(row, { IsWon: stage.IsWon, IsClosed: stage.IsClosed });
  Object.assign(row, { ForecastCategory: stage.ForecastCategory, ForecastCategoryName: stage.ForecastCategoryName });
  if (old) row.LastStageChangeDate = formatStamp(state.clock.now());
}

function composeTask(state: OrgState, row: Row, old: Row | undefined): void {
  // A value that was taken from the picklist since keeps what it was.
  if (row.Priority !== old?.Priority) row.IsHighPriority = isHighPriority(state, row.Priority);
  if (row.Status !== old?.Status) row.IsClosed = isClosedStatus(state, row.Status);
  if (row.IsClosed !== old?.IsClosed) row.CompletedDateTime = row.IsClosed ? formatStamp(state.clock.now()) : null;
}

function checkParentLocks(state: OrgState, row: Row, old: Row | undefined): void {
  if (state.locks.size === 0) return;
  for (const name of LOCKING) {
    const id = row[name];
    if (typeof id !== "string" || (old && old[name] === id)) continue;
    if ((state.locks.get(id) ?? 0) <= state.clock.now()) continue;
    const message = `unable to obtain exclusive access to this record or 1 records: ${id}`;
    throw badRequest("UNABLE_TO_LOCK_ROW", message, []);
  }
}

function checkRecordType(state: OrgState, def: ObjectDef, row: Row, old: Row | undefined): void {
  if (!def.findField("RecordTypeId")) return;
  if (!old) row.RecordTypeId ??= state.setup.defaultRecordTypes[def.name] ?? null;
  const id = row.RecordTypeId;
  if (typeof id !== "string") return;
  const type = state.table("RecordType").get(id);
  if (id !== old?.RecordTypeId && (type?.SobjectType !== def.name || type.IsActive !== true)) {
    const message = `Record Type ID: this ID value isn't valid for the user: ${id}`;
    throw badRequest("INVALID_CROSS_REFERENCE_KEY", message, ["RecordTypeId"]);
  }
  for (const [name, values] of Object.entries(state.setup.recordTypePicklists[id] ?? {})) {
    const value = row[name];
    if (typeof value !== "string" || values.includes(value) || old?.[name] === value) continue;
    const label = def.findField(name)?.label ?? name;
    const message = `${label}: bad value for restricted picklist field: ${value}`;
    throw badRequest("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [name]);
  }
}

/** A formula for texts that start with `=`, otherwise the value itself. */
function computeValue(state: OrgState, def: ObjectDef, row: Row, value: Value): Value {
  if (typeof value !== "string" || !value.startsWith("=")) return value;
  return parseFormula(value.slice(1)).evaluate({ read: (name) => readPath(state, def, row, name) });
}

function isMet(state: OrgState, def: ObjectDef, when: string | undefined, row: Row, old: Row | undefined): boolean {
  if (when === undefined) return true;
  const read = (version: Row) => (name: string) => readPath(state, def, version, name);
  return parseFormula(when).evaluate({ read: read(row), readOld: old && read(old) }) === true;
}

/** Flows run before the validation rules, as record-triggered before-save flows do. */
function runFlows(state: OrgState, def: ObjectDef, row: Row, old: Row | undefined): void {
  for (const flow of state.setup.flows) {
    if (flow.object !== def.name || (flow.event === "insert" ? old : flow.event === "update" && !old)) continue;
    try {
      if (!isMet(state, def, flow.when, row, old)) continue;
      for (const [name, value] of Object.entries(flow.set)) {
        const field = def.findField(name);
        if (field) row[field.name] = normaliseValue(field, computeValue(state, def, row, value));
      }
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      const message = `We can't save this record because the “${flow.name}” process failed. Give your Salesforce admin these details. ${error.message}`;
      throw badRequest("CANNOT_EXECUTE_FLOW_TRIGGER", message, []);
    }
  }
}

/** Lead and case assignment: the first rule that is met gives the owner. */
export function assignOwner(state: OrgState, def: ObjectDef, row: Row): void {
  const rule = state.setup.assignmentRules.find(
    (known) => known.object === def.name && isMet(state, def, known.when, row, undefined),
  );
  if (rule) row.OwnerId = rule.ownerId;
}

/** Sets what the organisation itself decides about a record before it is checked, and refuses what a lock or record type forbids. */
export function composeParts(state: OrgState, def: ObjectDef, row: Row, old?: Row): void {
  if (def.name === "CampaignMember") composeMember(state, row);
  if (def.name === "Opportunity") composeOpportunity(state, row, old);
  if (def.name === "Task") composeTask(state, row, old);
  if (def.name === "Case" && !old) row.CaseNumber = String(1000 + state.table("Case").nextNumber).padStart(8, "0");
  checkParentLocks(state, row, old);
  checkRecordType(state, def, row, old);
  if (state.setup.flows.length > 0) runFlows(state, def, row, old);
}
