import type { CreationSettings, FieldCondition, ObjectSchema, RawValue, SalesforceType, Values } from "./record-types";
import { isBlank } from "./record-types";

/** Whether a record's own values meet every condition (spec G4, C2); none at all is met by every record. */
export function meetsConditions(values: Values, conditions: readonly FieldCondition[]): boolean {
  return conditions.every((condition) => meetsCondition(values[condition.field] ?? null, condition));
}

/**
 * The first condition that is not met, null when all are. A condition on a field that its CRM no longer has is never
 * met: who syncs must not silently become everybody. `known` is empty where the fields were not described yet.
 */
export function findUnmet(
  values: Values,
  conditions: readonly FieldCondition[],
  known: ObjectSchema,
): FieldCondition | null {
  const isDescribed = Object.keys(known).length > 0;
  const isUnmet = (condition: FieldCondition) =>
    (isDescribed && !(condition.field in known)) || !meetsConditions(values, [condition]);
  return conditions.find(isUnmet) ?? null;
}

/** G4: the fields by which a record came in through the filter or fell out of it; none where it stayed where it was. */
export function findCrossed(before: Values, now: Values, conditions: readonly FieldCondition[]): string[] {
  if (meetsConditions(before, conditions) === meetsConditions(now, conditions)) return [];
  const moved = conditions.filter((one) => meetsConditions(before, [one]) !== meetsConditions(now, [one]));
  return [...new Set(moved.map((one) => one.field))];
}

/** C2: the Salesforce type that this HubSpot record becomes; null = none is created. `known` as for `findUnmet`. */
export function creationTypeOf(
  values: Values,
  creation: CreationSettings,
  known: ObjectSchema = {},
): SalesforceType | null {
  if (creation.toSalesforce === null) return null;
  const rule = creation.rules?.find(({ conditions }) => findUnmet(values, conditions, known) === null);
  return rule?.create ?? creation.toSalesforce;
}

function meetsCondition(value: RawValue, { operator, values }: FieldCondition): boolean {
  switch (operator) {
    case "is_blank":
      return isBlank(value);
    case "is_not_blank":
      return !isBlank(value);
    case "is":
      return isOneOf(value, values);
    case "is_not":
      return !isOneOf(value, values);
    case "contains":
      return values.some((wanted) => plain(value).includes(plain(wanted)));
    case "not_contains":
      return !values.some((wanted) => plain(value).includes(plain(wanted)));
    case "greater":
      return values.some((wanted) => compare(value, wanted) > 0);
    case "less":
      return values.some((wanted) => compare(value, wanted) < 0);
  }
}

function isOneOf(value: RawValue, wanted: string[]): boolean {
  return wanted.some((one) => plain(one) === plain(value));
}

function plain(value: RawValue): string {
  return value === null ? "" : String(value).trim().toLowerCase();
}

/** By number, else by date, else not at all: a blank or a word is neither greater nor less. */
function compare(value: RawValue, wanted: string): number {
  if (isBlank(value) || isBlank(wanted)) return 0;
  const numbers = [Number(value), Number(wanted)];
  const sizes = numbers.some(Number.isNaN) ? [Date.parse(String(value)), Date.parse(wanted)] : numbers;
  const difference = (sizes[0] ?? 0) - (sizes[1] ?? 0);
  return Number.isNaN(difference) ? 0 : difference;
}
