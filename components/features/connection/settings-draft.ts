import type { ConnectionView } from "@/lib/contracts/connection";
import type { SettingsPatch } from "@/lib/contracts/settings";
import type { SalesforceType } from "@/lib/decide/record-types";

export type Settings = ConnectionView["settings"];
type Scalars = Pick<
  SettingsPatch,
  | "checkEveryMinutes"
  | "contactSyncOn"
  | "salesforceEvents"
  | "leadToHubSpot"
  | "contactToHubSpot"
  | "hubspotToSalesforce"
>;

/** Only what the person changed, on top of what the server holds; `version` is the one the first change was made on. */
export type Draft = {
  version: number | null;
  scalars: Scalars;
  defaults: Settings["defaults"];
};

export const EMPTY_DRAFT: Draft = { version: null, scalars: {}, defaults: {} };

/** The settings as they would be after saving. */
export function applyDraft(settings: Settings, draft: Draft): Settings {
  return {
    ...settings,
    ...draft.scalars,
    defaults: {
      ...settings.defaults,
      ...Object.fromEntries(
        changedTypes(draft).map((type) => [type, { ...settings.defaults[type], ...draft.defaults[type] }]),
      ),
    },
  };
}

/** Sets one plain setting; setting it back to the server's value forgets the change. */
export function changeScalar<K extends keyof Scalars>(
  draft: Draft,
  settings: Settings,
  key: K,
  value: Scalars[K],
): Draft {
  const scalars = { ...draft.scalars, [key]: value };
  if (settings[key] === value) delete scalars[key];
  return withVersion({ ...draft, scalars }, settings);
}

/** Sets the default of one required field; an empty text means no default. */
export function changeDefault(
  draft: Draft,
  settings: Settings,
  type: SalesforceType,
  field: string,
  value: string,
): Draft {
  const changed = { ...draft.defaults[type], [field]: value };
  if ((settings.defaults[type]?.[field] ?? "") === value) delete changed[field];
  return withVersion({ ...draft, defaults: { ...draft.defaults, [type]: changed } }, settings);
}

export function isDirty(draft: Draft): boolean {
  return Object.keys(draft.scalars).length > 0 || changedTypes(draft).length > 0;
}

/** After a newer version was loaded: the same changes, now on top of that version. */
export function rebaseDraft(draft: Draft, settings: Settings): Draft {
  return { ...draft, version: settings.version };
}

/** The body of PATCH /api/connection/settings: changed settings only; defaults go whole, without empty ones. */
export function toPatch(settings: Settings, draft: Draft): SettingsPatch {
  const patch: SettingsPatch = { version: draft.version ?? settings.version, ...draft.scalars };
  const { defaults } = applyDraft(settings, draft);
  for (const type of changedTypes(draft)) {
    const filled = Object.entries(defaults[type] ?? {}).filter(([, value]) => value.trim() !== "");
    patch.defaults = { ...patch.defaults, [type]: Object.fromEntries(filled) };
  }
  return patch;
}

function changedTypes(draft: Draft): SalesforceType[] {
  return (Object.keys(draft.defaults) as SalesforceType[]).filter(
    (type) => Object.keys(draft.defaults[type] ?? {}).length > 0,
  );
}

function withVersion(draft: Draft, settings: Settings): Draft {
  if (!isDirty(draft)) return EMPTY_DRAFT;
  return { ...draft, version: draft.version ?? settings.version };
}
