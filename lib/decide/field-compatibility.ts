import type { FieldKind, FieldSchema, Side, UpdateRule } from "./record-types";

export type CompatibilityIssue =
  | "hubspot_property_missing"
  | "salesforce_field_missing"
  | "no_salesforce_field"
  | "types_do_not_match"
  | "kind_not_supported"
  | "text_may_be_too_long"
  | "time_of_day_is_lost"
  | "options_differ"
  | "free_text_beside_options"
  | "read_only_in_hubspot"
  | "read_only_in_salesforce"
  | "read_only_on_both"
  | "rule_needs_writable_hubspot"
  | "rule_needs_writable_salesforce"
  | "salesforce_only_reference";

export type CompatibilityFinding = { severity: "error" | "warning"; issue: CompatibilityIssue; values?: string[] };

const TEXT: readonly FieldKind[] = ["text", "longtext", "email", "phone", "url"];

/**
 * Which Salesforce kinds a HubSpot kind may meet (spec F10; HubSpot's published table: dropdown–picklist/reference,
 * checkboxes–multipicklist, single checkbox–boolean, number–double/int, text–string/textarea, date–date/datetime).
 */
const COMPATIBLE: Record<FieldKind, readonly FieldKind[]> = {
  text: [...TEXT, "picklist", "reference"],
  longtext: ["text", "longtext", "url"],
  email: ["email", "text"],
  phone: ["phone", "text"],
  url: ["url", "text", "longtext"],
  number: ["number"],
  boolean: ["boolean"],
  date: ["date", "datetime"],
  datetime: ["datetime", "date"],
  picklist: ["picklist", "reference", "text"],
  multipicklist: ["multipicklist"],
  owner: ["owner"],
  reference: ["reference", "text"],
  unsupported: [],
};

/** Checks one end-to-end pair; an "error" finding must stop saving, a "warning" is shown beside the mapping. */
export function checkCompatibility(
  hubspot: FieldSchema | undefined,
  salesforce: FieldSchema | undefined,
  rule: UpdateRule,
  valueMap: Record<string, string> = {},
): CompatibilityFinding[] {
  if (!hubspot) return [{ severity: "error", issue: "hubspot_property_missing" }];
  if (!salesforce) return [{ severity: "error", issue: "salesforce_field_missing" }];
  if (hubspot.kind === "unsupported" || salesforce.kind === "unsupported") {
    return [{ severity: "error", issue: "kind_not_supported" }];
  }
  if (!COMPATIBLE[hubspot.kind].includes(salesforce.kind)) return [{ severity: "error", issue: "types_do_not_match" }];
  return [
    ...checkDirections(hubspot, salesforce, rule),
    ...checkLength(hubspot, salesforce, rule),
    ...checkTime(hubspot, salesforce),
    ...checkOptions(hubspot, salesforce, rule, valueMap),
    ...checkFreeText(hubspot, salesforce, rule),
  ];
}

/** F12: formula, roll-up, calculated and read-only fields only travel from their own side. */
function checkDirections(hubspot: FieldSchema, salesforce: FieldSchema, rule: UpdateRule): CompatibilityFinding[] {
  if (rule === "dont_sync") return [];
  if (hubspot.readOnly && salesforce.readOnly) return [{ severity: "error", issue: "read_only_on_both" }];
  if (hubspot.readOnly && rule === "always_salesforce") {
    return [{ severity: "error", issue: "rule_needs_writable_hubspot" }];
  }
  if (salesforce.readOnly && rule === "always_hubspot") {
    return [{ severity: "error", issue: "rule_needs_writable_salesforce" }];
  }
  if (hubspot.readOnly) return [{ severity: "warning", issue: "read_only_in_hubspot" }];
  if (salesforce.readOnly) return [{ severity: "warning", issue: "read_only_in_salesforce" }];
  return [];
}

function travelsTo(side: Side, hubspot: FieldSchema, salesforce: FieldSchema, rule: UpdateRule): boolean {
  if (rule === "dont_sync") return false;
  return side === "salesforce"
    ? rule !== "always_salesforce" && !salesforce.readOnly
    : rule !== "always_hubspot" && !hubspot.readOnly;
}

/** Salesforce's own text areas hold 255 characters as well, unless they are long ones. */
function checkLength(hubspot: FieldSchema, salesforce: FieldSchema, rule: UpdateRule): CompatibilityFinding[] {
  if (!travelsTo("salesforce", hubspot, salesforce, rule) || !TEXT.includes(salesforce.kind)) return [];
  const room = salesforce.length ?? Number.POSITIVE_INFINITY;
  if (hubspot.kind !== "longtext" || room > 255) return [];
  return [{ severity: "warning", issue: "text_may_be_too_long", values: [String(room)] }];
}

function checkTime(hubspot: FieldSchema, salesforce: FieldSchema): CompatibilityFinding[] {
  const kinds = [hubspot.kind, salesforce.kind];
  return kinds.includes("date") && kinds.includes("datetime")
    ? [{ severity: "warning", issue: "time_of_day_is_lost" }]
    : [];
}

/** F11: a HubSpot value that a restricted Salesforce picklist does not know is shown in the editor, not at the first failure. */
function checkOptions(
  hubspot: FieldSchema,
  salesforce: FieldSchema,
  rule: UpdateRule,
  valueMap: Record<string, string>,
): CompatibilityFinding[] {
  const unknownToSalesforce =
    salesforce.restricted && travelsTo("salesforce", hubspot, salesforce, rule)
      ? unknownOptions(hubspot, salesforce, (value) => valueMap[value] ?? value)
      : [];
  const reverse = new Map(Object.entries(valueMap).map(([from, to]) => [to, from]));
  const unknownToHubSpot =
    hubspot.options && hubspot.kind !== "text" && travelsTo("hubspot", hubspot, salesforce, rule)
      ? unknownOptions(salesforce, hubspot, (value) => reverse.get(value) ?? value)
      : [];
  const values = [...new Set([...unknownToSalesforce, ...unknownToHubSpot])];
  return values.length > 0 ? [{ severity: "warning", issue: "options_differ", values }] : [];
}

/** Free text goes into options that refuse everything else: of HubSpot's always, of Salesforce's where they are restricted. */
function checkFreeText(hubspot: FieldSchema, salesforce: FieldSchema, rule: UpdateRule): CompatibilityFinding[] {
  const isRefused =
    (takesOnlyOptions(salesforce) &&
      TEXT.includes(hubspot.kind) &&
      travelsTo("salesforce", hubspot, salesforce, rule)) ||
    (hubspot.options !== undefined &&
      TEXT.includes(salesforce.kind) &&
      travelsTo("hubspot", hubspot, salesforce, rule));
  return isRefused ? [{ severity: "warning", issue: "free_text_beside_options" }] : [];
}

/** Salesforce refuses what is none of the options. */
export function takesOnlyOptions({ options, restricted }: FieldSchema): boolean {
  return options !== undefined && restricted === true;
}

function unknownOptions(from: FieldSchema, to: FieldSchema, map: (value: string) => string): string[] {
  if (!from.options || !to.options) return [];
  const known = new Set(
    to.options.filter((o) => o.active).flatMap((o) => [o.value.toLowerCase(), o.label.toLowerCase()]),
  );
  return from.options
    .filter((o) => o.active && !known.has(map(o.value).toLowerCase()) && !known.has(o.label.toLowerCase()))
    .map((o) => o.label);
}
