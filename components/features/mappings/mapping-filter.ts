import type { Mapping } from "@/lib/contracts/mappings";
import type { UpdateRule } from "@/lib/decide/record-types";
import { RULE_ORDER } from "./rule-order";
import { describedEnds, type SalesforceEnd } from "./salesforce-ends";

/** What the list shows; each is on or off by itself. */
export type MappingFilter = { withNotes: boolean; rule: UpdateRule | null };

export const NO_FILTER: MappingFilter = { withNotes: false, rule: null };

function textOf(mapping: Mapping): string {
  const ends = describedEnds(mapping).flatMap(({ name, field }) => [name, field?.label]);
  return [mapping.hubspotProperty, mapping.hubspot?.label, ...ends]
    .filter((part) => part)
    .join("\n")
    .toLowerCase();
}

/** Mappings whose names or labels, on either side, hold every word of the search. */
export function filterMappings(mappings: readonly Mapping[], search: string, filter: MappingFilter): Mapping[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return mappings.filter((mapping) => {
    if (filter.withNotes && mapping.findings.length === 0) return false;
    if (filter.rule !== null && mapping.rule !== filter.rule) return false;
    const text = textOf(mapping);
    return words.every((word) => text.includes(word));
  });
}

export type MappingCounts = { all: number; withNotes: number; rules: { rule: UpdateRule; count: number }[] };

/** How many each filter would show alone; rules that no mapping has are left out. */
export function countMappings(mappings: readonly Mapping[]): MappingCounts {
  const rules = RULE_ORDER.map((rule) => ({ rule, count: mappings.filter((one) => one.rule === rule).length }));
  return {
    all: mappings.length,
    withNotes: mappings.filter((mapping) => mapping.findings.length > 0).length,
    rules: rules.filter(({ count }) => count > 0),
  };
}

type SalesforceLine = {
  name: string;
  label: string;
  types: SalesforceEnd["type"][];
  kind: string | null;
  isRequired: boolean;
  isMissing: boolean;
};

/** The Salesforce ends of a row: one line when lead and contact field have the same name, else one each. */
export function salesforceLines(mapping: Mapping): SalesforceLine[] {
  const lines: SalesforceLine[] = [];
  for (const { end, name, field } of describedEnds(mapping)) {
    const same = lines.find((line) => line.name === name);
    if (same) {
      same.types.push(end.type);
      same.isMissing ||= field === null;
      same.isRequired ||= field?.required === true;
      same.kind ??= field?.kind ?? null;
    } else {
      lines.push({
        name,
        label: field?.label ?? name,
        types: [end.type],
        kind: field?.kind ?? null,
        isRequired: field?.required === true,
        isMissing: field === null,
      });
    }
  }
  return lines;
}
