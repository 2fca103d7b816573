import type { Mapping } from "@/lib/contracts/mappings";

export const MAPPING_FILTERS = ["all", "warnings", "off"] as const;
export type MappingFilter = (typeof MAPPING_FILTERS)[number];

function textOf(mapping: Mapping): string {
  return [
    mapping.hubspotProperty,
    mapping.hubspot?.label,
    mapping.leadField,
    mapping.lead?.label,
    mapping.contactField,
    mapping.contact?.label,
  ]
    .filter((part) => part)
    .join("\n")
    .toLowerCase();
}

function passes(mapping: Mapping, filter: MappingFilter): boolean {
  if (filter === "warnings") return mapping.findings.length > 0;
  return filter === "all" || mapping.rule === "dont_sync";
}

/** Mappings whose names or labels, on either side, hold every word of the search. */
export function filterMappings(mappings: readonly Mapping[], search: string, filter: MappingFilter): Mapping[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return mappings.filter((mapping) => {
    const text = textOf(mapping);
    return passes(mapping, filter) && words.every((word) => text.includes(word));
  });
}

export function countMappings(mappings: readonly Mapping[]): Record<MappingFilter, number> {
  const count = (filter: MappingFilter) => mappings.filter((m) => passes(m, filter)).length;
  return { all: mappings.length, warnings: count("warnings"), off: count("off") };
}

type SalesforceLine = { name: string; label: string; objects: ("Lead" | "Contact")[]; missing: boolean };

/** The Salesforce ends of a row: one line when lead and contact field have the same name, else one each. */
export function salesforceLines(mapping: Mapping): SalesforceLine[] {
  const { leadField, contactField, lead, contact } = mapping;
  if (leadField !== null && leadField === contactField) {
    const end = lead ?? contact;
    return [
      {
        name: leadField,
        label: end?.label ?? leadField,
        objects: ["Lead", "Contact"],
        missing: lead === null || contact === null,
      },
    ];
  }
  const lines: SalesforceLine[] = [];
  if (leadField !== null) {
    lines.push({ name: leadField, label: lead?.label ?? leadField, objects: ["Lead"], missing: lead === null });
  }
  if (contactField !== null) {
    lines.push({
      name: contactField,
      label: contact?.label ?? contactField,
      objects: ["Contact"],
      missing: contact === null,
    });
  }
  return lines;
}
