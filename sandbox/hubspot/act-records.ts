import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { associate, dissociate } from "./associate";
import type { RecordRef } from "./change-feed";
import { mergeRecords } from "./merge-records";
import type { ObjectStore } from "./object-store";
import type { CrmRecord } from "./record";
import type { HubSpotState } from "./state";
import { archiveRecord, checkProperties, createRecord, restoreRecord, updateRecord } from "./write-record";

const propertiesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({});
const id = z.coerce.string();
const refSchema = z.strictObject({ type: z.string(), id });
const createSchema = z.strictObject({
  type: z.string(),
  properties: propertiesSchema,
  associatedWith: z.array(refSchema).default([]),
});
const updateSchema = refSchema.extend({ properties: propertiesSchema });
const mergeSchema = z.strictObject({ type: z.string(), primaryObjectId: id, objectIdToMerge: id });
const pairSchema = z.strictObject({ from: refSchema, to: refSchema, typeId: z.number().int().optional() });

function findStore(state: HubSpotState, type: string): ObjectStore {
  const store = state.findStore(type);
  if (!store) throw new ActError(`no object type ${type}`);
  return store;
}

function findRef(state: HubSpotState, given: z.output<typeof refSchema>): { ref: RecordRef; record: CrmRecord } {
  const { type } = findStore(state, given.type);
  const record = state.storeOf(type).resolve(given.id);
  if (!record) throw new ActError(`no ${type.name} record ${given.id}`);
  return { ref: { type, id: record.id }, record };
}

function show({ id: recordId, properties, archived }: CrmRecord) {
  return { id: recordId, properties, archived };
}

/** A person makes a record of any type, tied to others. Throws HubSpotError for values that HubSpot refuses. */
export function createAnyRecord(state: HubSpotState, input: z.output<typeof createSchema>): CrmRecord {
  const store = findStore(state, input.type);
  const change = state.makePersonChange();
  const others = input.associatedWith.map((one) => findRef(state, one).ref);
  const record = createRecord(store, checkProperties(store, undefined, input.properties, state), change);
  for (const other of others) associate(state, { type: store.type, id: record.id }, other, [], change);
  return store.find(record.id) ?? record;
}

/** A person edits a record of any type. Throws HubSpotError for values that HubSpot refuses. */
export function updateAnyRecord(state: HubSpotState, input: z.output<typeof updateSchema>): CrmRecord {
  const { ref, record } = findRef(state, input);
  const store = state.storeOf(ref.type);
  const values = checkProperties(store, record, input.properties, state);
  return updateRecord(store, record, values, state.makePersonChange(), true);
}

/** What a person does with companies, deals, tickets, activities and custom objects, and with associations. */
export function makeRecordActs(state: HubSpotState): Record<string, ActDoor> {
  return {
    createRecord: defineAct(createSchema, "A person makes a record of any type, associated with others", (input) =>
      show(createAnyRecord(state, input)),
    ),
    updateRecord: defineAct(updateSchema, "A person edits a record of any type", (input) =>
      show(updateAnyRecord(state, input)),
    ),
    archiveRecord: defineAct(refSchema, "A person deletes a record of any type (recycle bin)", (input) => {
      const { ref } = findRef(state, input);
      archiveRecord(state.storeOf(ref.type), ref.id, state.clock.now());
    }),
    restoreRecord: defineAct(refSchema, "A person brings a record back from the recycle bin", (input) => {
      const record = restoreRecord(findStore(state, input.type), input.id, state.clock.now());
      if (!record) throw new ActError(`no archived ${input.type} record ${input.id}`);
      return show(record);
    }),
    mergeRecords: defineAct(mergeSchema, "A person merges two records of a type; the survivor is answered", (input) => {
      const store = findStore(state, input.type);
      return show(mergeRecords(state, store, input.primaryObjectId, input.objectIdToMerge, state.makePersonChange()));
    }),
    associate: defineAct(
      pairSchema,
      "A person associates two records (typeId = one of HubSpot's own kinds)",
      (input) => {
        const from = findRef(state, input.from).ref;
        const to = findRef(state, input.to).ref;
        const { types } = state.associations;
        const kinds =
          input.typeId === undefined ? [] : [types.get(from.type, to.type, "HUBSPOT_DEFINED", input.typeId)];
        associate(state, from, to, kinds, state.makePersonChange());
      },
    ),
    dissociate: defineAct(pairSchema, "A person takes the association of two records away", (input) => {
      const from = findRef(state, input.from).ref;
      dissociate(state, from, findRef(state, input.to).ref, state.makePersonChange());
    }),
  };
}
