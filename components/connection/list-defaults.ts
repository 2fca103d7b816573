import type { Settings } from "@/lib/browser/settings-draft";
import type { MappingList } from "@/lib/contracts/mappings";
import type { SalesforceType } from "@/lib/decide/record-types";

export type DefaultRow = {
  type: SalesforceType;
  field: string;
  label: string;
  value: string;
  /** Records of this type will be refused: creation is on and nothing fills the field */
  warns: boolean;
};

/** Labels of Salesforce's fields, by type and API name; a field that is not there goes by its API name. */
export type FieldLabels = Partial<Record<SalesforceType, Record<string, string>>>;

/** Every required field that needs a default or has one, leads first, then by label. `settings` as shown in the form. */
export function listDefaults(
  settings: Settings,
  unfilled: MappingList["requiredUnfilled"],
  labels: FieldLabels = {},
): DefaultRow[] {
  const rows = new Map<string, DefaultRow>();
  const add = (type: SalesforceType, field: string, label: string) => {
    const value = settings.defaults[type]?.[field] ?? "";
    const creates = settings.hubspotToSalesforce === type.toLowerCase();
    rows.set(`${type}.${field}`, { type, field, label, value, warns: creates && value.trim() === "" });
  };
  for (const type of ["Lead", "Contact"] as const) {
    for (const field of Object.keys(settings.defaults[type] ?? {})) add(type, field, labels[type]?.[field] ?? field);
  }
  for (const { type, field, label } of unfilled) add(type, field, label);
  return [...rows.values()].sort((a, b) => b.type.localeCompare(a.type) || a.label.localeCompare(b.label));
}
