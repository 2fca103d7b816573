/** A condition on one field of a record (spec G4, C2), as it is being edited: the field may still be missing. */
export type Condition = { field: string; operator: Operator; values: string[] };

export const OPERATORS = [
  "is",
  "is_not",
  "contains",
  "not_contains",
  "greater",
  "less",
  "is_blank",
  "is_not_blank",
] as const;
export type Operator = (typeof OPERATORS)[number];

export const EMPTY_CONDITION: Condition = { field: "", operator: "is", values: [] };

/** The server takes no more, per type. */
export const MAX_CONDITIONS = 20;

export function needsValues(operator: Operator): boolean {
  return operator !== "is_blank" && operator !== "is_not_blank";
}

export type ConditionFault = { on: "field" | "values"; fault: "noField" | "unknownField" | "noValue" | "noNumber" };

/**
 * What is wrong with a condition; null when it can be saved. `known`: names of the fields that there are, null while that
 * is not known.
 */
export function checkCondition(condition: Condition, known: ReadonlySet<string> | null): ConditionFault | null {
  const { field, operator, values } = condition;
  if (field === "") return { on: "field", fault: "noField" };
  if (known && known.size > 0 && !known.has(field)) return { on: "field", fault: "unknownField" };
  if (!needsValues(operator)) return null;
  if (values.every((value) => value.trim() === "")) return { on: "values", fault: "noValue" };
  const isSize = operator === "greater" || operator === "less";
  return isSize && values.some((value) => !isNumberOrDate(value)) ? { on: "values", fault: "noNumber" } : null;
}

/** Sizes are compared by number, else by date; anything else would never be met. */
function isNumberOrDate(value: string): boolean {
  const text = value.trim();
  return text !== "" && (!Number.isNaN(Number(text)) || !Number.isNaN(Date.parse(text)));
}

/** The condition under another operator: values that it does not take are dropped. */
export function withOperator(condition: Condition, operator: Operator): Condition {
  return { ...condition, operator, values: needsValues(operator) ? condition.values : [] };
}

/** A value more, once, without spaces around it; an empty one changes nothing. */
export function addValue(values: readonly string[], typed: string): string[] {
  const value = typed.trim();
  return value === "" || values.includes(value) ? [...values] : [...values, value];
}
