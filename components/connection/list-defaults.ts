import type { Settings } from "@/lib/browser/settings-draft";
import type { MappingList } from "@/lib/contracts/mappings";
import type { SalesforceType } from "@/lib/decide/record-types";

const TYPES = ["Lead", "Contact", "Account", "Opportunity"] as const;
type CreatedType = (typeof TYPES)[number];

export type DefaultRow = {
  type: CreatedType;
  field: string;
  label: string;
  value: string;
  /** Records of this type will be refused: creation is on and nothing fills the field */
  warns: boolean;
};

/** Labels of Salesforce's fields, by type and API name; a field that is not there goes by its API name. */
export type FieldLabels = Partial<Record<SalesforceType, Record<string, string>>>;

/** Whether HubSpot records become Salesforce records of this type with these settings. */
function creates(type: CreatedType, settings: Settings): boolean {
  const { hubspotToSalesforce, leadOrContactRules, company, deal } = settings;
  if (type === "Account") return company.on && company.toSalesforce === "create";
  if (type === "Opportunity") return deal.on && deal.toSalesforce === "create";
  if (hubspotToSalesforce === "nothing") return false;
  return hubspotToSalesforce === type.toLowerCase() || leadOrContactRules.some((rule) => rule.create === type);
}

/**
 * Every required field that needs a default or has one, leads first, then contacts, accounts, opportunities; then by
 * label. Types of objects that are off are left out. `settings` as shown in the form.
 */
export function listDefaults(
  settings: Settings,
  unfilled: readonly Pick<MappingList["requiredUnfilled"][number], "type" | "field" | "label">[],
  labels: FieldLabels = {},
): DefaultRow[] {
  const rows = new Map<string, DefaultRow>();
  const add = (type: SalesforceType, field: string, label: string) => {
    const shown = TYPES.find((one) => one === type);
    if (!shown) return;
    const value = settings.defaults[type]?.[field] ?? "";
    const warns = creates(shown, settings) && value.trim() === "";
    rows.set(`${type}.${field}`, { type: shown, field, label, value, warns });
  };
  for (const type of TYPES.filter((one) => isOn(one, settings))) {
    for (const field of Object.keys(settings.defaults[type] ?? {})) add(type, field, labels[type]?.[field] ?? field);
  }
  for (const { type, field, label } of unfilled) add(type, field, label);
  return [...rows.values()].sort(
    (a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type) || a.label.localeCompare(b.label),
  );
}

function isOn(type: CreatedType, settings: Settings): boolean {
  if (type === "Account") return settings.company.on;
  return type === "Opportunity" ? settings.deal.on : true;
}
