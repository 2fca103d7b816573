import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { addCustomField } from "./add-field";
import { listAutomationActs } from "./automation-acts";
import { makeTransaction } from "./change-feed";
import { convertLead } from "./convert-lead";
import { SalesforceError } from "./errors";
import { FormulaError, parseFormula } from "./formula";
import { normaliseId } from "./ids";
import { inviteUser } from "./invite-user";
import { mergeRecords } from "./merge-records";
import { listPlayActs } from "./play-acts";
import { readPath, readRecord } from "./read-fields";
import { createRecord, deleteRecord, updateRecord } from "./records";
import { undeleteRecord } from "./recycle-bin";
import { NEWEST_VERSION } from "./routes/context";
import type { ObjectDef } from "./schema";
import type { OrgState } from "./state";
import { listStreamActs } from "./stream-acts";
import { listTaskPicklistActs } from "./task-picklists";
import { listTroubleActs } from "./trouble-acts";
import type { Writer } from "./writer";

const VERSION = `v${NEWEST_VERSION}.0`;
const fields = z.record(z.string(), z.unknown());

/** The writer for a person at the pages; `as` = a user id, otherwise the second user, who is not the integration's. */
export function makePersonWriter(state: OrgState, as?: string): Writer {
  const salesRep = [...state.table("User").readAll()][1]?.Id ?? state.adminId;
  return { userId: normaliseId(as) ?? salesRep, version: VERSION, byHand: true, transaction: makeTransaction() };
}

function needObject(state: OrgState, name: string): ObjectDef {
  const def = state.schema.findObject(name);
  if (!def)
    throw new ActError(`no object "${name}"; known: ${state.schema.objects.map((known) => known.name).join(", ")}`);
  return def;
}

function needId(id: string): string {
  const full = normaliseId(id);
  if (!full) throw new ActError(`"${id}" is not a record id`);
  return full;
}

/** Lets a refusal by the organisation's own checks be read: 400 with the real error body as `details`. */
function explain<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SalesforceError) throw new ActError(error.message, error.toBody());
    throw error;
  }
}

/** Checks that a formula can be parsed and reads fields that exist. Throws ActError. */
export function checkFormula(state: OrgState, def: ObjectDef, source: string): void {
  try {
    for (const name of parseFormula(source).names) {
      const first = name.split(".")[0] ?? "";
      if (!def.findField(name) && !def.findRelationship(first))
        throw new ActError(`Field ${name} does not exist. Check spelling.`);
    }
    const sample = { Id: "", SystemModstamp: "", IsDeleted: false };
    parseFormula(source).evaluate({ read: (name) => readPath(state, def, sample, name) });
  } catch (error) {
    if (error instanceof FormulaError) throw new ActError(`the formula cannot be used: ${error.message}`);
    throw error;
  }
}

function listRecordActs(state: OrgState): Record<string, ActDoor> {
  const as = z.string().optional();
  return {
    createRecord: defineAct(z.strictObject({ object: z.string(), fields, as }), "A person creates a record", (o) =>
      explain(() => ({
        id: createRecord(state, needObject(state, o.object), o.fields, makePersonWriter(state, o.as)).Id,
      })),
    ),
    updateRecord: defineAct(
      z.strictObject({ object: z.string(), id: z.string(), fields, as }),
      "A person edits a record",
      (o) =>
        explain(() => {
          const def = needObject(state, o.object);
          return readRecord(
            state,
            def,
            updateRecord(state, def, o.id, o.fields, makePersonWriter(state, o.as)),
            VERSION,
          );
        }),
    ),
    deleteRecord: defineAct(
      z.strictObject({ object: z.string(), id: z.string(), as }),
      "A person deletes a record",
      (o) => explain(() => deleteRecord(state, needObject(state, o.object), o.id, makePersonWriter(state, o.as))),
    ),
    undeleteRecord: defineAct(
      z.strictObject({ id: z.string(), as }),
      "A person takes a record out of the recycle bin",
      (o) =>
        explain(() => {
          undeleteRecord(state, needId(o.id), makePersonWriter(state, o.as));
        }),
    ),
    convertLead: defineAct(
      z.strictObject({
        leadId: z.string(),
        accountId: z.string().optional(),
        contactId: z.string().optional(),
        opportunityName: z.string().optional(),
        as,
      }),
      "A person converts a lead into account and contact",
      (o) => explain(() => convertLead(state, o, makePersonWriter(state, o.as))),
    ),
    merge: defineAct(
      z.strictObject({ masterId: z.string(), mergedIds: z.array(z.string()).min(1).max(2), as }),
      "A person merges records",
      (o) =>
        explain(() => ({ id: mergeRecords(state, needId(o.masterId), o.mergedIds, makePersonWriter(state, o.as)).Id })),
    ),
    inviteUser: defineAct(
      z.strictObject({ eventId: z.string(), userId: z.string(), as }),
      "A user is invited to an event and gets a copy of it (IsChild)",
      (o) =>
        explain(() => ({
          id: inviteUser(state, needId(o.eventId), needId(o.userId), makePersonWriter(state, o.as)).Id,
        })),
    ),
    addToCampaign: defineAct(
      z.strictObject({
        campaignId: z.string(),
        leadId: z.string().optional(),
        contactId: z.string().optional(),
        status: z.string().optional(),
        as,
      }),
      "A person adds a lead or contact to a campaign",
      (o) =>
        explain(() => {
          const values = {
            CampaignId: o.campaignId,
            LeadId: o.leadId ?? null,
            ContactId: o.contactId ?? null,
            Status: o.status ?? "Sent",
          };
          return {
            id: createRecord(state, needObject(state, "CampaignMember"), values, makePersonWriter(state, o.as)).Id,
          };
        }),
    ),
    removeFromCampaign: defineAct(
      z.strictObject({ campaignId: z.string(), leadId: z.string().optional(), contactId: z.string().optional(), as }),
      "A person takes a lead or contact out of a campaign",
      (o) => explain(() => removeMember(state, o.campaignId, o.leadId ?? o.contactId, makePersonWriter(state, o.as))),
    ),
  };
}

function removeMember(state: OrgState, campaignId: string, personId: string | undefined, writer: Writer): void {
  const person = needId(personId ?? "");
  const campaign = needId(campaignId);
  const member = [...state.table("CampaignMember").readAll()].find(
    (row) => !row.IsDeleted && row.CampaignId === campaign && (row.LeadId === person || row.ContactId === person),
  );
  if (!member) throw new ActError("not a member of this campaign");
  deleteRecord(state, needObject(state, "CampaignMember"), member.Id, writer);
}

function listSetupActs(state: OrgState): Record<string, ActDoor> {
  const { object, name } = { object: z.string(), name: z.string() };
  return {
    addValidationRule: defineAct(
      z.strictObject({
        object,
        name,
        errorCondition: z.string(),
        errorMessage: z.string(),
        errorField: z.string().optional(),
      }),
      "Adds (or replaces) a validation rule",
      (o) => addValidationRule(state, o),
    ),
    removeValidationRule: defineAct(z.strictObject({ object, name }), "Removes a validation rule", (o) => {
      const def = needObject(state, o.object);
      state.setup.validationRules = state.setup.validationRules.filter(
        (rule) => !(rule.object === def.name && rule.name === o.name),
      );
      state.touch();
    }),
    addDuplicateRule: defineAct(
      z.strictObject({
        object,
        // Not `action`: that name is taken by the door itself.
        ruleAction: z.enum(["Block", "Alert"]).default("Block"),
        matchField: z.string(),
        name: z.string().optional(),
      }),
      "Adds (or replaces) a duplicate rule",
      ({ ruleAction, ...o }) => addDuplicateRule(state, { ...o, action: ruleAction }),
    ),
    removeDuplicateRule: defineAct(
      z.strictObject({ object, name: z.string().optional() }),
      "Removes the duplicate rules of an object",
      (o) => {
        const def = needObject(state, o.object);
        state.setup.duplicateRules = state.setup.duplicateRules.filter(
          (rule) => rule.object !== def.name || (o.name && rule.name !== o.name),
        );
        state.touch();
      },
    ),
    addTrigger: defineAct(
      z.strictObject({ object, message: z.string(), event: z.enum(["insert", "update", "delete"]).optional() }),
      "Adds a trigger that always throws",
      (o) => {
        state.setup.triggers.push({ ...o, object: needObject(state, o.object).name });
        state.touch();
      },
    ),
    removeTrigger: defineAct(z.strictObject({ object }), "Removes the triggers of an object", (o) => {
      const def = needObject(state, o.object);
      state.setup.triggers = state.setup.triggers.filter((trigger) => trigger.object !== def.name);
      state.touch();
    }),
    setFieldPermission: defineAct(
      z.strictObject({
        object,
        field: z.string(),
        readable: z.boolean().default(true),
        editable: z.boolean().default(true),
      }),
      "Sets what the integration user may do with a field",
      (o) => setFieldPermission(state, o),
    ),
    setObjectPermission: defineAct(
      z.strictObject({
        object,
        readable: z.boolean().default(true),
        createable: z.boolean().default(true),
        editable: z.boolean().default(true),
      }),
      "Sets what the integration user may do with an object",
      ({ object: name, ...permission }) => {
        const def = needObject(state, name);
        const all = { ...state.setup.objectPermissions, [def.name.toLowerCase()]: permission };
        state.setup.objectPermissions = all;
        state.schema.changedAt = state.clock.now();
        state.touch();
      },
    ),
    addFormulaField: defineAct(
      z.strictObject({
        object,
        name,
        label: z.string().optional(),
        formula: z.string(),
        type: z.string().default("Text"),
      }),
      "Adds a formula field",
      (o) => {
        const def = needObject(state, o.object);
        checkFormula(state, def, o.formula);
        const metadata = { type: o.type, label: o.label ?? o.name, formula: o.formula, length: 1300 };
        return explain(() => ({ name: addCustomField(state, def, o.name, metadata).name }));
      },
    ),
    addPicklistField: defineAct(
      z.strictObject({
        object,
        name,
        label: z.string().optional(),
        values: z.array(z.string()),
        restricted: z.boolean().default(true),
      }),
      "Adds a picklist field",
      (o) => {
        const def = needObject(state, o.object);
        const field = explain(() =>
          addCustomField(state, def, o.name, { type: "Text", label: o.label ?? o.name, length: 255 }),
        );
        Object.assign(field, { type: "picklist", picklist: o.values, restricted: o.restricted });
        return { name: field.name };
      },
    ),
    removeField: defineAct(z.strictObject({ object, field: z.string() }), "Deletes a custom field", (o) => {
      const def = needObject(state, o.object);
      if (!def.findField(o.field)?.name.endsWith("__c"))
        throw new ActError(`${o.object} has no custom field "${o.field}"`);
      def.removeField(o.field);
      state.schema.changedAt = state.clock.now();
      state.touch();
    }),
  };
}

/** Adds a validation rule, replacing one of the same name. Throws ActError for a formula that cannot be used. */
export function addValidationRule(
  state: OrgState,
  o: { object: string; name: string; errorCondition: string; errorMessage: string; errorField?: string | undefined },
): void {
  const def = needObject(state, o.object);
  checkFormula(state, def, o.errorCondition);
  const field = o.errorField ? def.findField(o.errorField) : undefined;
  if (o.errorField && !field) throw new ActError(`${def.name} has no field "${o.errorField}"`);
  const others = state.setup.validationRules.filter((rule) => !(rule.object === def.name && rule.name === o.name));
  state.setup.validationRules = [...others, { ...o, object: def.name, errorField: field?.name }];
  state.touch();
}

/** Adds a duplicate rule; its default name is the standard one of the object. */
export function addDuplicateRule(
  state: OrgState,
  o: { object: string; matchField: string; action: "Block" | "Alert"; name?: string | undefined },
): void {
  const def = needObject(state, o.object);
  const field = def.findField(o.matchField);
  if (!field) throw new ActError(`${def.name} has no field "${o.matchField}"`);
  const name = o.name ?? `Standard_${def.name}_Duplicate_Rule`;
  const others = state.setup.duplicateRules.filter((rule) => !(rule.object === def.name && rule.name === name));
  state.setup.duplicateRules = [...others, { object: def.name, name, matchField: field.name, action: o.action }];
  state.touch();
}

/** Sets a field permission; an unreadable field cannot be edited either. */
export function setFieldPermission(
  state: OrgState,
  o: { object: string; field: string; readable: boolean; editable: boolean },
): void {
  const def = needObject(state, o.object);
  const field = def.findField(o.field);
  if (!field) throw new ActError(`${def.name} has no field "${o.field}"`);
  state.setup.permissions[`${def.name}.${field.name}`.toLowerCase()] = {
    readable: o.readable,
    editable: o.readable && o.editable,
  };
  state.schema.changedAt = state.clock.now();
  state.touch();
}

/** Every action of `POST /__sandbox/act`. */
export function listActs(state: OrgState): Record<string, ActDoor> {
  return {
    ...listRecordActs(state),
    ...listSetupActs(state),
    ...listTroubleActs(state, needId),
    ...listPlayActs(state, {
      needObject: (name) => needObject(state, name),
      makeWriter: (as) => makePersonWriter(state, as),
      explain,
    }),
    ...listStreamActs(state),
    ...listTaskPicklistActs(state),
    ...listAutomationActs(
      state,
      (name) => needObject(state, name),
      (def, formula) => checkFormula(state, def, formula),
    ),
  };
}
