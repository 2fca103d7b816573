import {
  contactExists,
  type PropertyProblem,
  propertyValuesError,
  requiredPropertiesNotSet,
  uniqueValueTaken,
} from "./errors";
import { PORTAL_ID } from "./ids";
import type { ObjectStore } from "./object-store";
import { CONTACTS, DEALS, TICKETS } from "./object-types";
import { type Change, type CrmRecord, extendHistory, NO_HISTORY, type PropertyVersion } from "./record";
import { checkStage, deriveDeal, deriveTicket } from "./stage-rules";
import { normaliseValue } from "./values";

/** Property values as they come over the wire. */
type PropertyInput = Record<string, string | number | boolean | null>;

type CheckOptions = {
  isOwner(id: string): boolean;
  /** Keys taken by earlier inputs of the same all-or-nothing batch. */
  claimed?: Set<string>;
  /** Read-only properties that this writer may set all the same (a person adds a second address in the UI). */
  unlocked?: readonly string[];
};

/**
 * Checks a write against the schema, the owners and the uniqueness of addresses, and answers the values in stored
 * form (`""` = clear). Changes nothing. Throws HubSpotError: 400 with every bad value, or 409 for a taken address.
 */
export function checkProperties(
  store: ObjectStore,
  current: CrmRecord | undefined,
  input: PropertyInput,
  options: CheckOptions,
): Record<string, string> {
  const problems: PropertyProblem[] = [];
  const values: Record<string, string> = {};
  for (const [name, raw] of Object.entries(input)) {
    const definition = store.schema.find(name);
    if (!definition) {
      problems.push({ name, code: "PROPERTY_DOESNT_EXIST", message: `Property "${name}" does not exist` });
      continue;
    }
    if (definition.modificationMetadata.readOnlyValue && !options.unlocked?.includes(name)) {
      problems.push({
        name,
        code: "READ_ONLY_VALUE",
        message: `"${name}" is a read only property; its value cannot be set.`,
      });
      continue;
    }
    const outcome = normaliseValue(definition, raw, { current: current?.properties[name], isOwner: options.isOwner });
    if ("problem" in outcome) problems.push({ name, ...outcome.problem });
    else values[name] = outcome.value;
  }
  problems.push(...listMissing(store, current, values), ...checkStage(store, current?.properties ?? {}, values));
  if (problems.length > 0) throw propertyValuesError(problems, PORTAL_ID);
  const unset = current ? [] : store.type.requiredProperties.filter((name) => !values[name]);
  if (unset.length > 0) throw requiredPropertiesNotSet(store.type.label, unset);
  refuseTakenValues(store, current?.id, values, options.claimed);
  return values;
}

/** A creation must give every required property; an update must not clear one. */
function listMissing(
  store: ObjectStore,
  current: CrmRecord | undefined,
  values: Record<string, string>,
): PropertyProblem[] {
  const missing = store.schema.listRequired().filter((name) => (current ? values[name] === "" : !values[name]));
  return missing.map((name) => ({
    name,
    code: "MISSING_REQUIRED_PROPERTY",
    message: `Property "${name}" is required and must have a value.`,
  }));
}

/** Every value that only one record may have; second addresses count like the first. */
function listUniqueValues(store: ObjectStore, values: Record<string, string>): [name: string, value: string][] {
  const unique = store.schema.listUnique().map((name): [string, string] => [name, values[name] ?? ""]);
  if (store.type !== CONTACTS) return unique;
  const addresses = [values.email ?? "", ...(values.hs_additional_emails ?? "").split(";")];
  return [...addresses.map((address): [string, string] => ["email", address]), ...unique];
}

function refuseTakenValues(
  store: ObjectStore,
  ownId: string | undefined,
  values: Record<string, string>,
  claimed: Set<string> | undefined,
): void {
  for (const [name, value] of listUniqueValues(store, values)) {
    if (value === "") continue;
    const isAddress = name === "email";
    const holder = isAddress ? store.findByEmail(value) : store.findByUnique(name, value);
    const key = `${name}=${value}`;
    if ((holder && holder.id !== ownId) || claimed?.has(key)) {
      const holderId = holder?.id ?? "";
      throw isAddress ? contactExists(holderId) : uniqueValueTaken(name, value, holderId);
    }
    claimed?.add(key);
  }
}

/** Creates a record from checked values. */
export function createRecord(store: ObjectStore, values: Record<string, string>, change: Change): CrmRecord {
  const id = store.takeId();
  const at = new Date(change.at).toISOString();
  const given = withoutBlanks(values);
  const properties: Record<string, string> = {
    ...given,
    [store.type.createdProperty]: at,
    [store.type.modifiedProperty]: at,
    hs_object_id: id,
    hs_object_source: change.sourceType,
    ...(change.sourceId ? { hs_object_source_id: change.sourceId } : {}),
    ...(change.sourceLabel ? { hs_object_source_label: change.sourceLabel } : {}),
    ...(change.userId === null ? {} : { hs_created_by_user_id: String(change.userId) }),
    ...(store.type === CONTACTS
      ? {
          hs_all_contact_vids: id,
          hs_is_contact: "true",
          hs_is_unworked: "true",
          hs_pipeline: "contacts-lifecycle-pipeline",
        }
      : {}),
    ...withoutBlanks(deriveProperties(store, given, given, at)),
  };
  store.lean.share(properties);
  return store.put({
    id,
    properties,
    createdAt: change.at,
    updatedAt: change.at,
    archived: false,
    archivedAt: null,
    origin: change,
    history: NO_HISTORY,
  });
}

/**
 * Writes checked values to a live record and answers its new version.
 * Modelled choice: a value equal to the stored one makes no history entry, and a write of nothing but equal values
 * does not move the modification stamp.
 */
export function updateRecord(
  store: ObjectStore,
  current: CrmRecord,
  values: Record<string, string>,
  change: Change,
  freeStage = false,
): CrmRecord {
  const changed = Object.entries(values).filter(
    ([name, value]) =>
      value !== (current.properties[name] ?? "") && (freeStage || !isStageBackwards(store, current, name, value)),
  );
  if (changed.length === 0) return current;
  const at = new Date(change.at).toISOString();
  const properties: Record<string, string> = { ...current.properties };
  const history: Record<string, readonly PropertyVersion[]> = { ...current.history };
  const written = Object.fromEntries(changed);
  const derived = deriveProperties(store, written, { ...current.properties, ...written }, at);
  for (const [name, value] of [...changed, ...Object.entries(derived)]) {
    if (value === (current.properties[name] ?? "")) continue;
    history[name] = extendHistory(current, name, value, change);
    if (value === "") delete properties[name];
    else properties[name] = value;
  }
  dropPrimaryFromAdditional(properties);
  properties[store.type.modifiedProperty] = at;
  if (change.userId !== null) properties.hs_updated_by_user_id = String(change.userId);
  return store.put({ ...current, properties, history, updatedAt: change.at });
}

/** HubSpot lets API writes move the stage forward only; a write backwards is dropped and answered like any other. */
function isStageBackwards(store: ObjectStore, current: CrmRecord, name: string, value: string): boolean {
  const before = current.properties.lifecyclestage;
  if (name !== "lifecyclestage" || value === "" || before === undefined) return false;
  const stages = store.schema.find(name)?.options.map((option) => option.value) ?? [];
  return stages.indexOf(value) < stages.indexOf(before);
}

function withoutBlanks(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

/** Values that HubSpot computes from the written ones; `after` is the record as it will be. */
function deriveProperties(
  store: ObjectStore,
  values: Record<string, string>,
  after: Record<string, string>,
  at: string,
): Record<string, string> {
  const derived: Record<string, string> = {};
  if (store.type === DEALS) Object.assign(derived, deriveDeal(store, after, values, at));
  if (store.type === TICKETS) Object.assign(derived, deriveTicket(store, after, values, at));
  if (values.email !== undefined) derived.hs_email_domain = values.email.split("@")[1] ?? "";
  if (values.lifecyclestage) derived[`hs_lifecyclestage_${values.lifecyclestage}_date`] = at;
  if (values.hubspot_owner_id !== undefined) {
    derived.hubspot_owner_assigneddate = values.hubspot_owner_id === "" ? "" : at;
  }
  return derived;
}

function dropPrimaryFromAdditional(properties: Record<string, string>): void {
  const { email, hs_additional_emails: more } = properties;
  if (!email || !more) return;
  const left = more.split(";").filter((address) => address !== email);
  if (left.length === 0) delete properties.hs_additional_emails;
  else properties.hs_additional_emails = left.join(";");
}

/** Writes what HubSpot counts by itself (associated records and alike): no history, and the stamp does not move. */
export function setComputed(store: ObjectStore, id: string, values: Record<string, string>): void {
  const record = store.find(id);
  const changed = Object.entries(values).filter(([name, value]) => value !== (record?.properties[name] ?? ""));
  if (!record || changed.length === 0) return;
  const properties: Record<string, string> = { ...record.properties };
  for (const [name, value] of changed) {
    if (value === "") delete properties[name];
    else properties[name] = value;
  }
  store.put({ ...record, properties });
}

/** Archives a record; ids that are unknown, archived or merged away are ignored, as HubSpot's DELETE does. */
export function archiveRecord(store: ObjectStore, id: string, at: number): void {
  const record = store.find(id);
  if (record) store.put({ ...record, archived: true, archivedAt: at });
}

/** Brings an archived record back. Throws 409 if its address was given to another contact meanwhile. */
export function restoreRecord(store: ObjectStore, id: string, at: number): CrmRecord | undefined {
  const record = store.findArchived(id);
  if (!record) return undefined;
  refuseTakenValues(store, id, { ...record.properties }, undefined);
  const stamp = { [store.type.modifiedProperty]: new Date(at).toISOString() };
  const properties = { ...record.properties, ...stamp };
  return store.put({ ...record, properties, updatedAt: at, archived: false, archivedAt: null });
}
