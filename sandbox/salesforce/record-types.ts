import { ActError } from "../shared/control-routes";
import { MASTER_RECORD_TYPE } from "./ids";
import type { ObjectDef } from "./schema";
import type { OrgState } from "./state";

/** Adds a record type and, with the first one, the field `RecordTypeId` of the object. Answers its id. Throws ActError. */
export function addRecordType(
  state: OrgState,
  def: ObjectDef,
  o: { name: string; isDefault: boolean; picklists?: Record<string, string[]> | undefined },
): string {
  for (const name of Object.keys(o.picklists ?? {}))
    if (!def.findField(name)?.picklist) throw new ActError(`${def.name} has no picklist "${name}"`);
  const { Id } = state.insertSetupRow("RecordType", {
    Name: o.name,
    DeveloperName: o.name.replace(/\W+/g, "_"),
    SobjectType: def.name,
    IsActive: true,
  });
  if (!def.findField("RecordTypeId")) {
    def.addField({
      name: "RecordTypeId",
      label: "Record Type ID",
      type: "reference",
      referenceTo: ["RecordType"],
      relationshipName: "RecordType",
      defaultedOnCreate: true,
    });
  }
  if (o.isDefault || state.setup.defaultRecordTypes[def.name] === undefined)
    state.setup.defaultRecordTypes[def.name] = Id;
  if (o.picklists) state.setup.recordTypePicklists[Id] = o.picklists;
  state.schema.changedAt = state.clock.now();
  state.touch();
  return Id;
}

/** `recordTypeInfos` of a describe: those that an administrator made, and the master. */
export function listRecordTypeInfos(state: OrgState, def: ObjectDef, path: string): object[] {
  const own = [...state.table("RecordType").readAll()].filter((row) => row.SobjectType === def.name);
  const chosen = state.setup.defaultRecordTypes[def.name];
  const infos = own.map((row) => ({
    active: row.IsActive === true,
    available: true,
    defaultRecordTypeMapping: row.Id === chosen,
    developerName: row.DeveloperName,
    master: false,
    name: row.Name,
    recordTypeId: row.Id,
    urls: { layout: `${path}/describe/layouts/${row.Id}` },
  }));
  const master = {
    active: true,
    available: true,
    defaultRecordTypeMapping: own.length === 0,
    developerName: "Master",
    master: true,
    name: "Master",
    recordTypeId: MASTER_RECORD_TYPE,
    urls: { layout: `${path}/describe/layouts/${MASTER_RECORD_TYPE}` },
  };
  return [...infos, master];
}
