import type { ConfigFile, ConfigMapping } from "@/lib/contracts/config-file";
import { BOUND_SETTINGS } from "@/lib/decide/bound-settings";
import {
  type ConfigChange,
  type ConfigMappingValues,
  describeMappingChange,
  diffMappings,
  diffSettings,
  type MappingChange,
} from "@/lib/decide/diff-config";
import { MAPPED_OBJECTS, type MappedObject } from "@/lib/decide/record-types";
import { readAccountIds, readConnection, type StoredConnection } from "@/lib/store/connections";
import { listMappings, type StoredMapping } from "@/lib/store/field-mappings";
import { changeSettings, type SettingsAnswer } from "./change-connection";
import { checkSettings } from "./check-settings";
import { changeMapping, checkMapping, createMapping, removeMapping } from "./edit-mappings";

type SettingName = keyof ConfigFile["settings"];

/** What an import would do. With `problems` nothing may be applied. */
export type ConfigPreview = {
  changes: ConfigChange[];
  /** Settings that are left out because the file comes from another portal or org */
  skipped: string[];
  problems: ConfigProblem[];
};

/** `path`: "mappings.contact.email", "settings.inclusionLists.contact.listId"; `message`: a code. */
export type ConfigProblem = { path: string; message: string };

/** Settings and mappings of a connection, in a form that reads well and compares line by line. */
export async function exportConfig(connectionId: string, names: readonly SettingName[]): Promise<ConfigFile> {
  const connection = await needConnection(connectionId);
  const from = await readAccountIds(connectionId);
  const settings = Object.fromEntries(names.map((name) => [name, connection.settings[name]]));
  const mappings: ConfigFile["mappings"] = {};
  for (const object of MAPPED_OBJECTS) {
    const rows = await listMappings(connectionId, object);
    if (rows.length > 0) mappings[object] = rows.map(toValues);
  }
  return { kakehashi: 1, from, settings, mappings };
}

/** Compares and checks; changes nothing. */
export async function previewConfig(connectionId: string, file: ConfigFile): Promise<ConfigPreview> {
  const plan = await planImport(connectionId, file);
  const problems = await findSettingProblems(connectionId, plan);
  for (const change of plan.mappings) problems.push(...(await findProblems(connectionId, change)));
  const changes = [...plan.settings, ...plan.mappings.flatMap(describeMappingChange)];
  return { changes, skipped: plan.skipped, problems };
}

/**
 * Applies what previewConfig showed. Answers what could not be applied, e.g. because somebody changed it in between; empty = all is as in the file.
 */
export async function applyConfig(connectionId: string, file: ConfigFile, by: string): Promise<string[]> {
  const plan = await planImport(connectionId, file);
  const failed: string[] = [];
  // What goes makes room: another mapping may take over its field.
  const ordered = plan.mappings.toSorted((a, b) => Number(a.after !== null) - Number(b.after !== null));
  for (const change of ordered) {
    const refusal = await applyMapping(connectionId, change, by);
    if (refusal) failed.push(`mappings.${change.object}.${change.hubspotProperty}: ${refusal}`);
  }
  if (plan.settings.length > 0) {
    const { settingsVersion: version } = await needConnection(connectionId);
    const saved = await changeSettings(connectionId, { ...plan.wanted, version });
    if (saved !== "saved") failed.push(`settings: ${describeRefusal(saved)}`);
  }
  return failed;
}

function describeRefusal(refusal: Exclude<SettingsAnswer, "saved">): string {
  if (typeof refusal === "string") return refusal;
  if (refusal.kind === "crm_unavailable") return refusal.kind;
  return refusal.fields.map(({ path, message }) => `${path}: ${message}`).join(", ");
}

type ImportPlan = {
  settings: ConfigChange[];
  wanted: ConfigFile["settings"];
  skipped: string[];
  mappings: MappingChange[];
};

async function planImport(connectionId: string, file: ConfigFile): Promise<ImportPlan> {
  const connection = await needConnection(connectionId);
  const here = await readAccountIds(connectionId);
  const bound = (["hubspot", "salesforce"] as const)
    .filter((side) => file.from[side] !== here[side])
    .flatMap((side) => BOUND_SETTINGS[side]);
  const skipped = [...new Set(bound)].filter((name) => file.settings[name as SettingName] !== undefined);
  const wanted = Object.fromEntries(
    Object.entries(file.settings).filter(([name]) => !skipped.some((one) => one === name)),
  ) as ConfigFile["settings"];
  const current: Partial<Record<MappedObject, ConfigMappingValues[]>> = {};
  for (const object of MAPPED_OBJECTS) current[object] = (await listMappings(connectionId, object)).map(toValues);
  const defaults = await listDefaults(connectionId);
  const mappings = diffMappings(current, withDefaults(file.mappings, current, defaults));
  return { settings: diffSettings(connection.settings, wanted), wanted, skipped, mappings };
}

async function listDefaults(connectionId: string): Promise<Set<string>> {
  const rows = (await Promise.all(MAPPED_OBJECTS.map((object) => listMappings(connectionId, object)))).flat();
  return new Set(rows.filter((row) => row.isDefault).map((row) => `${row.object}.${row.hubspotProperty}`));
}

/** Default mappings are never removed (spec F13): one that the file leaves out is switched off. */
function withDefaults(
  wanted: ConfigFile["mappings"],
  current: Partial<Record<MappedObject, ConfigMappingValues[]>>,
  defaults: Set<string>,
): ConfigFile["mappings"] {
  const entries = Object.entries(wanted).map(([name, rows]) => {
    const named = new Set(rows.map((row) => row.hubspotProperty));
    const left = (current[name as MappedObject] ?? []).filter(
      ({ hubspotProperty }) => !named.has(hubspotProperty) && defaults.has(`${name}.${hubspotProperty}`),
    );
    return [name, [...rows, ...left.map((row) => ({ ...row, rule: "dont_sync" as const }))]];
  });
  return Object.fromEntries(entries) as ConfigFile["mappings"];
}

/** What only the two CRMs can say of the settings; those that stay as they are are not asked about. */
async function findSettingProblems(connectionId: string, plan: ImportPlan): Promise<ConfigProblem[]> {
  const changed = new Set(plan.settings.map((change) => change.path.split(".")[1]));
  const given = Object.fromEntries(Object.entries(plan.wanted).filter(([name]) => changed.has(name)));
  const checked = await checkSettings(await needConnection(connectionId), given);
  if (checked.kind === "fits") return [];
  if (checked.kind === "crm_unavailable") return [{ path: "settings", message: checked.kind }];
  return checked.fields.map(({ path, message }) => ({ path: `settings.${path}`, message }));
}

async function findProblems(connectionId: string, change: MappingChange): Promise<ConfigProblem[]> {
  const { object, hubspotProperty, after } = change;
  if (after === null || after.rule === "dont_sync") return [];
  const findings = await checkMapping(connectionId, object, after);
  return findings
    .filter((finding) => finding.severity === "error")
    .map(({ issue }) => ({ path: `mappings.${object}.${hubspotProperty}`, message: issue }));
}

/** null = done; else the kind of refusal. */
async function applyMapping(connectionId: string, change: MappingChange, by: string): Promise<string | null> {
  const { object, hubspotProperty, after } = change;
  const stored = (await listMappings(connectionId, object)).find((row) => row.hubspotProperty === hubspotProperty);
  if (after === null) {
    if (!stored) return null;
    const removed = await removeMapping(connectionId, stored.id, stored.version, by);
    return removed.kind === "removed" ? null : removed.kind;
  }
  const saved = stored
    ? await changeMapping(connectionId, stored.id, { version: stored.version, values: after }, by)
    : await createMapping(connectionId, object, after, by);
  return saved.kind === "saved" ? null : saved.kind;
}

function toValues(row: StoredMapping): ConfigMapping {
  const { hubspotProperty, leadField, contactField, salesforceField, rule, valueMap } = row;
  return { hubspotProperty, leadField, contactField, salesforceField: salesforceField ?? null, rule, valueMap };
}

async function needConnection(connectionId: string): Promise<StoredConnection> {
  const connection = await readConnection(connectionId);
  if (!connection) throw new Error("There is no such connection.");
  return connection;
}
