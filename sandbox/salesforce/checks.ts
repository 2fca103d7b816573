import { badRequest, SalesforceError } from "./errors";
import { FormulaError, parseFormula } from "./formula";
import { readPath } from "./read-fields";
import type { FieldDef, ObjectDef } from "./schema";
import type { DuplicateRule, OrgState } from "./state";
import type { Row, Value } from "./table";

export type Event = "insert" | "update" | "delete";

/** Throws REQUIRED_FIELD_MISSING naming every required field that would be empty. */
export function checkRequired(def: ObjectDef, row: Row): void {
  const missing = def.fields.filter((field) => field.required && (row[field.name] ?? null) === null);
  if (missing.length === 0) return;
  const names = missing.map((field) => field.name);
  throw badRequest("REQUIRED_FIELD_MISSING", `Required fields are missing: [${names.join(", ")}]`, names);
}

/** Throws for a reference to a wrong, missing, deleted or (as owner) inactive record. Looks at changed fields only. */
export function checkReferences(state: OrgState, def: ObjectDef, row: Row, changed: FieldDef[]): void {
  for (const field of changed) {
    const id = row[field.name];
    if (field.type !== "reference" || typeof id !== "string") continue;
    const targets = field.referenceTo ?? [];
    // Profiles, roles and the like are not kept here; their ids are taken on trust.
    if (!targets.some((name) => state.schema.findObject(name))) continue;
    const target = state.schema.findByPrefix(id);
    if (!target || !targets.includes(target.name)) {
      throw badRequest("MALFORMED_ID", `${field.label}: id value of incorrect type: ${id}`, [field.name]);
    }
    checkTarget(state, def, field, target, id);
  }
}

function checkTarget(state: OrgState, def: ObjectDef, field: FieldDef, target: ObjectDef, id: string): void {
  const found = state.table(target.name).get(id);
  if (!found) throw badRequest("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [field.name]);
  if (found.IsDeleted) throw badRequest("ENTITY_IS_DELETED", "entity is deleted", [field.name]);
  // Nothing new may hang on it: neither an activity nor a campaign membership.
  if (target.name === "Lead" && found.IsConverted === true) {
    throw badRequest("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", []);
  }
  if (state.setup.hidden.includes(id)) {
    throw badRequest(
      "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
      `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
      [field.name],
    );
  }
  if (field.name === "OwnerId" && target.name === "User" && found.IsActive !== true) {
    throw badRequest(
      "INACTIVE_OWNER_OR_USER",
      `operation performed with inactive user [${id.slice(0, 15)}] as owner of ${def.label.toLowerCase()}`,
      ["OwnerId"],
    );
  }
}

/** Throws DUPLICATE_VALUE when another live record has the same value in a unique field. */
export function checkUnique(state: OrgState, def: ObjectDef, row: Row): void {
  for (const field of def.fields) {
    const value = row[field.name];
    if (!field.unique || typeof value !== "string") continue;
    const other = state
      .table(def.name)
      .findByValue(field.name, value)
      .find((found) => found.Id !== row.Id && !found.IsDeleted);
    if (other) {
      throw badRequest(
        "DUPLICATE_VALUE",
        `duplicate value found: ${field.name} duplicates value on record with id: ${other.Id.slice(0, 15)}`,
        [field.name],
      );
    }
  }
}

/** A campaign member is one lead or one contact, once per campaign. */
export function checkMembership(state: OrgState, row: Row): void {
  const field = row.LeadId ? "LeadId" : "ContactId";
  const person = row[field];
  if (typeof person !== "string" || (row.LeadId && row.ContactId)) {
    throw badRequest("REQUIRED_FIELD_MISSING", "You must specify either a lead or a contact", ["LeadId", "ContactId"]);
  }
  const known = state.table("CampaignMember").findByValue(field, person);
  if (known.some((other) => other.Id !== row.Id && !other.IsDeleted && other.CampaignId === row.CampaignId)) {
    throw badRequest("DUPLICATE_VALUE", "This entity is already a member of this campaign", []);
  }
}

/** Throws FIELD_CUSTOM_VALIDATION_EXCEPTION with the administrator's own text. */
export function checkValidationRules(state: OrgState, def: ObjectDef, row: Row, old: Row | undefined): void {
  const read = (version: Row) => (name: string) => {
    const value: Value = readPath(state, def, version, name);
    return value;
  };
  for (const rule of state.setup.validationRules) {
    if (rule.object !== def.name) continue;
    if (evaluateRule(rule.errorCondition, read(row), old && read(old)) !== true) continue;
    throw badRequest("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.errorMessage, rule.errorField ? [rule.errorField] : []);
  }
}

function evaluateRule(source: string, read: (name: string) => Value, readOld?: (name: string) => Value): unknown {
  try {
    return parseFormula(source).evaluate({ read, readOld });
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw badRequest("FIELD_CUSTOM_VALIDATION_EXCEPTION", `The validation formula failed: ${error.message}`, []);
  }
}

/** Throws DUPLICATES_DETECTED. `allowSave` (request header) passes alert rules, never blocking ones. */
export function checkDuplicateRules(
  state: OrgState,
  def: ObjectDef,
  row: Row,
  old: Row | undefined,
  allowSave: boolean,
  version: string,
): void {
  for (const rule of state.setup.duplicateRules) {
    if (rule.object !== def.name || (rule.action === "Alert" && allowSave)) continue;
    const value = row[rule.matchField];
    if (typeof value !== "string" || (old && old[rule.matchField] === value)) continue;
    const matches = findMatches(state, def, rule, value).filter((match) => match.Id !== row.Id);
    if (matches.length > 0) throw duplicatesDetected(def, rule, matches, version);
  }
}

function findMatches(state: OrgState, def: ObjectDef, rule: DuplicateRule, value: string): Row[] {
  const table = state.table(def.name);
  const wanted = value.toLowerCase();
  const candidates = table.isIndexed(rule.matchField)
    ? table.findByValue(rule.matchField, value)
    : [...table.readAll()];
  return candidates.filter((row) => !row.IsDeleted && String(row[rule.matchField] ?? "").toLowerCase() === wanted);
}

function duplicatesDetected(def: ObjectDef, rule: DuplicateRule, matches: Row[], version: string): SalesforceError {
  const message =
    rule.action === "Block"
      ? "Use one of these records?"
      : "You're creating a duplicate record. We recommend you use an existing record instead.";
  const detail = {
    allowSave: rule.action === "Alert",
    duplicateRule: rule.name,
    duplicateRuleEntityType: def.name,
    errorMessage: message,
    matchResults: [
      {
        entityType: def.name,
        errors: [],
        matchEngine: "FuzzyMatchEngine",
        matchRecords: matches.slice(0, 10).map((match) => ({
          additionalInformation: [],
          fieldDiffs: [],
          matchConfidence: 100,
          record: {
            attributes: { type: def.name, url: `/services/data/${version}/sobjects/${def.name}/${match.Id}` },
            Id: match.Id,
          },
        })),
        rule: `Standard_${def.name}_Match_Rule_v1_1`,
        size: Math.min(10, matches.length),
        success: true,
      },
    ],
  };
  return new SalesforceError(400, "DUPLICATES_DETECTED", message, undefined, detail);
}

/** Throws CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY for a trigger that an administrator made fail. */
export function checkTriggers(state: OrgState, def: ObjectDef, event: Event): void {
  const name = { insert: "BeforeInsert", update: "BeforeUpdate", delete: "BeforeDelete" }[event];
  for (const trigger of state.setup.triggers) {
    if (trigger.object !== def.name || (trigger.event && trigger.event !== event)) continue;
    throw badRequest(
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      `${def.name}Trigger: execution of ${name}\n\ncaused by: System.DmlException: ${trigger.message}\n\nTrigger.${def.name}Trigger: line 1, column 1`,
      [],
    );
  }
}
