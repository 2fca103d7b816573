import type { ConnectionView } from "@/lib/contracts/connection";
import type { SettingsPatch } from "@/lib/contracts/settings";

export type Settings = ConnectionView["settings"];
/** What people set; the rest is told by the engine. */
export type NamedSettings = Omit<Settings, "version" | "activitiesSince">;

/** Settings that hold several choices under one name; what changes within one leaves the rest of it to others. */
type Groups = {
  [Name in keyof NamedSettings as Name extends keyof SettingsPatch
    ? NamedSettings[Name] extends GroupShape
      ? Name
      : never
    : never]: NamedSettings[Name];
};
type GroupShape = Record<string, unknown>;
export type GroupName = keyof Groups;

/** Only what the person changed, on top of what the server holds; `version` is the one the first change was made on. */
export type SettingsDraft = { version: number | null; changes: Record<string, unknown> };

export const EMPTY_DRAFT: SettingsDraft = { version: null, changes: {} };

const isGroup = (value: unknown): value is GroupShape =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The settings as they would be after saving. */
export function applyDraft(settings: Settings, draft: SettingsDraft): Settings {
  const shown: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(draft.changes)) {
    const own = shown[name];
    shown[name] = isGroup(own) && isGroup(value) ? { ...own, ...value } : value;
  }
  return shown as Settings;
}

/** Sets one setting; setting it back to the server's value forgets the change. */
export function changeSetting<Name extends keyof NamedSettings>(
  draft: SettingsDraft,
  settings: Settings,
  name: Name,
  value: NamedSettings[Name],
): SettingsDraft {
  const { [name]: _, ...rest } = draft.changes;
  return stamp(isSame(settings[name], value) ? rest : { ...rest, [name]: value }, draft, settings);
}

/** Sets one choice of a group, such as one switch of `activities`; the others stay with the server. */
export function changeInGroup<Name extends GroupName, Key extends keyof Settings[Name] & string>(
  draft: SettingsDraft,
  settings: Settings,
  name: Name,
  key: Key,
  value: Settings[Name][Key],
): SettingsDraft {
  const { [name]: mine, ...rest } = draft.changes;
  const group = isGroup(mine) ? { ...mine } : {};
  if (isSame(settings[name][key], value)) delete group[key];
  else group[key] = value;
  return stamp(Object.keys(group).length === 0 ? rest : { ...rest, [name]: group }, draft, settings);
}

export function isDirty(draft: SettingsDraft): boolean {
  return Object.keys(draft.changes).length > 0;
}

/** After a newer version was loaded: the same changes, now on top of that version. */
export function rebaseDraft(draft: SettingsDraft, settings: Settings): SettingsDraft {
  return { ...draft, version: settings.version };
}

/** The body of PATCH /api/connection/settings: changed settings only. */
export function toPatch(settings: Settings, draft: SettingsDraft): SettingsPatch {
  return { ...draft.changes, version: draft.version ?? settings.version };
}

function stamp(changes: Record<string, unknown>, draft: SettingsDraft, settings: Settings): SettingsDraft {
  return Object.keys(changes).length === 0 ? EMPTY_DRAFT : { version: draft.version ?? settings.version, changes };
}
