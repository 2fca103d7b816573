import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { addCustomField } from "./add-field";
import { activateCurrencies } from "./currencies";
import { normaliseId } from "./ids";
import { addRecordType } from "./record-types";
import type { ObjectDef } from "./schema";
import type { OrgState } from "./state";

type Check = (def: ObjectDef, formula: string) => void;

/** The acts by which an organisation does things of its own: flows, assignment, record types, roll-ups, queues. */
export function listAutomationActs(
  state: OrgState,
  needObject: (name: string) => ObjectDef,
  checkFormula: Check,
): Record<string, ActDoor> {
  const object = z.string();
  const needField = (def: ObjectDef, name: string) => {
    const field = def.findField(name);
    if (!field) throw new ActError(`${def.name} has no field "${name}"`);
    return field;
  };
  return {
    addFlow: defineAct(
      z.strictObject({
        object,
        name: z.string().default("Flow"),
        event: z.enum(["insert", "update"]).optional(),
        when: z.string().optional(),
        set: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      }),
      "Adds (or replaces) a flow that changes fields of records being written; a text that starts with = is a formula",
      (o) => {
        const def = needObject(o.object);
        if (o.when !== undefined) checkFormula(def, o.when);
        for (const [name, value] of Object.entries(o.set)) {
          needField(def, name);
          if (typeof value === "string" && value.startsWith("=")) checkFormula(def, value.slice(1));
        }
        const others = state.setup.flows.filter((flow) => !(flow.object === def.name && flow.name === o.name));
        state.setup.flows = [...others, { ...o, object: def.name }];
        state.touch();
      },
    ),
    removeFlow: defineAct(
      z.strictObject({ object, name: z.string().optional() }),
      "Removes flows of an object",
      (o) => {
        const def = needObject(o.object);
        state.setup.flows = state.setup.flows.filter(
          (flow) => flow.object !== def.name || (o.name !== undefined && flow.name !== o.name),
        );
        state.touch();
      },
    ),
    addAssignmentRule: defineAct(
      z.strictObject({ object: z.enum(["Lead", "Case"]), ownerId: z.string(), when: z.string().optional() }),
      "Adds an assignment rule: new records go to this user or queue, unless Sforce-Auto-Assign says FALSE",
      (o) => {
        const def = needObject(o.object);
        if (o.when !== undefined) checkFormula(def, o.when);
        const ownerId = normaliseId(o.ownerId);
        if (!ownerId || !state.findRow(ownerId)) throw new ActError(`"${o.ownerId}" is no user or queue`);
        state.setup.assignmentRules.push({ ...o, ownerId });
        // An org has one active rule per object; what is added here are the entries of that rule.
        if (![...state.table("AssignmentRule").readAll()].some((row) => row.SobjectType === o.object))
          state.insertSetupRow("AssignmentRule", { Name: `${o.object}s`, SobjectType: o.object, Active: true });
        state.touch();
      },
    ),
    removeAssignmentRules: defineAct(z.strictObject({ object }), "Removes the assignment rules of an object", (o) => {
      const { name } = needObject(o.object);
      state.setup.assignmentRules = state.setup.assignmentRules.filter((rule) => rule.object !== name);
      const rules = state.table("AssignmentRule");
      for (const row of [...rules.readAll()]) if (row.SobjectType === name) rules.remove(row.Id);
      state.touch();
    }),
    addRecordType: defineAct(
      z.strictObject({
        object,
        name: z.string(),
        isDefault: z.boolean().default(false),
        picklists: z.record(z.string(), z.array(z.string())).optional(),
      }),
      "Adds a record type, which may allow some picklist values only",
      (o) => ({ id: addRecordType(state, needObject(o.object), o) }),
    ),
    activateCurrencies: defineAct(
      z.strictObject({ corporate: z.string().length(3), others: z.array(z.string().length(3)).default([]) }),
      "Makes it a multi-currency organisation: CurrencyType, and CurrencyIsoCode on objects with amounts",
      (o) => activateCurrencies(state, o),
    ),
    setDependentPicklist: defineAct(
      z.strictObject({
        object,
        field: z.string(),
        controller: z.string(),
        allowed: z.record(z.string(), z.array(z.string())),
      }),
      "Makes a picklist depend on another field; describe tells it by validFor, the API itself does not enforce it",
      (o) => {
        const def = needObject(o.object);
        const controller = needField(def, o.controller);
        needField(def, o.field).controller = { field: controller.name, allowed: o.allowed };
        state.schema.changedAt = state.clock.now();
        state.touch();
      },
    ),
    addRollUp: defineAct(
      z.strictObject({
        parent: z.string(),
        name: z.string(),
        child: z.string(),
        lookup: z.string(),
        field: z.string().optional(),
      }),
      "Adds a roll-up summary field that counts children or sums a field of them, from 0",
      (o) => {
        const [parent, child] = [needObject(o.parent), needObject(o.child)];
        const lookup = needField(child, o.lookup).name;
        const field = o.field === undefined ? undefined : needField(child, o.field).name;
        const added = addCustomField(state, parent, o.name, { type: "Number", label: o.name, precision: 18, scale: 2 });
        added.readOnly = true;
        state.setup.rollUps.push({ parent: parent.name, name: added.name, child: child.name, lookup, field });
        state.touch();
        return { name: added.name };
      },
    ),
    addQueue: defineAct(
      z.strictObject({ name: z.string(), objects: z.array(z.string()).default(["Lead"]) }),
      "Adds a queue that may own records of these objects",
      (o) => {
        const names = o.objects.map((name) => needObject(name).name);
        const developerName = o.name.replace(/\W+/g, "_");
        const id = state.insertSetupRow("Group", { Name: o.name, DeveloperName: developerName, Type: "Queue" }).Id;
        for (const name of names) state.insertSetupRow("QueueSobject", { QueueId: id, SobjectType: name });
        state.touch();
        return { id };
      },
    ),
    occupyLongRequests: defineAct(
      z.strictObject({ count: z.number().int().nonnegative(), forMs: z.number().nonnegative().default(60_000) }),
      "Others keep so many requests running for more than 20 s; at 25 every call is refused",
      (o) => {
        state.longRequests = { count: o.count, until: state.clock.now() + o.forMs };
      },
    ),
  };
}
