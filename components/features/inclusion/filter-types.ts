import { type Condition, checkCondition } from "@/components/conditions/check-condition";
import type { FieldEnd, MappingFields } from "@/lib/contracts/mappings";

/** Salesforce types whose records may make something in HubSpot, with the object whose fields describe them. */
export const FILTER_TYPES = {
  Lead: "contact",
  Contact: "contact",
  Account: "company",
  Opportunity: "deal",
} as const;
export type FilterType = keyof typeof FILTER_TYPES;
export const FILTER_TYPE_NAMES = Object.keys(FILTER_TYPES) as FilterType[];

export function fieldsOfType(type: FilterType, fields: MappingFields): readonly FieldEnd[] {
  if (type === "Lead") return fields.lead;
  return type === "Contact" ? fields.contact : fields.salesforce;
}

type Filter = Partial<Record<FilterType, readonly Condition[]>>;

/** How many conditions cannot be saved as they are. `knownOf`: names of the fields of a type, null while not known. */
export function findFaults(filter: Filter, knownOf: (type: FilterType) => ReadonlySet<string> | null): number {
  return FILTER_TYPE_NAMES.reduce((sum, type) => {
    const known = knownOf(type);
    return sum + (filter[type] ?? []).filter((condition) => checkCondition(condition, known) !== null).length;
  }, 0);
}

/**
 * The filter with other conditions for one type. What is not sent stays as it is, so that a type that has conditions on the
 * server is emptied by an empty list; one that never had any is left out.
 */
export function setConditions<Whole extends Filter>(
  filter: Whole,
  saved: Filter,
  type: FilterType,
  conditions: Condition[],
): Whole {
  const others = Object.entries(filter).filter(([name]) => name !== type);
  const isLeftOut = conditions.length === 0 && saved[type] === undefined;
  return Object.fromEntries(isLeftOut ? others : [...others, [type, conditions]]) as Whole;
}
