import type { FunctionExp } from "@jetstreamapp/soql-parser-js";
import { badRequest } from "../errors";
import type { FieldDef, ObjectDef } from "../schema";
import { parseStamp } from "../stamps";
import type { OrgState } from "../state";
import type { Value } from "../table";
import { type FieldPath, resolvePath } from "./paths";

const DAY = 86_400_000;

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1;
}

/** Weeks count in sevens from the first day, as the SOQL functions do. */
const PARTS: Record<string, (date: Date) => number> = {
  CALENDAR_MONTH: (date) => date.getUTCMonth() + 1,
  CALENDAR_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  CALENDAR_YEAR: (date) => date.getUTCFullYear(),
  FISCAL_MONTH: (date) => date.getUTCMonth() + 1,
  FISCAL_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  FISCAL_YEAR: (date) => date.getUTCFullYear(),
  DAY_IN_MONTH: (date) => date.getUTCDate(),
  DAY_IN_WEEK: (date) => date.getUTCDay() + 1,
  DAY_IN_YEAR: dayOfYear,
  HOUR_IN_DAY: (date) => date.getUTCHours(),
  WEEK_IN_MONTH: (date) => Math.floor((date.getUTCDate() - 1) / 7) + 1,
  WEEK_IN_YEAR: (date) => Math.floor((dayOfYear(date) - 1) / 7) + 1,
};
/** These change nothing here: labels are values, there is one currency, and all times are UTC. */
const PLAIN = new Set(["TOLABEL", "CONVERTTIMEZONE", "CONVERTCURRENCY", "FORMAT"]);

/** Whether a function works on one record, other than COUNT or SUM. */
export function isRowFunction(name: string): boolean {
  const upper = name.toUpperCase();
  return Object.hasOwn(PARTS, upper) || PLAIN.has(upper) || upper === "DAY_ONLY";
}

function makeField(inner: FieldDef, type: FieldDef["type"]): FieldDef {
  return { name: inner.name, label: inner.label, type };
}

function readDate(value: Value): Date | undefined {
  const ms = typeof value === "string" ? parseStamp(value) : undefined;
  return ms === undefined ? undefined : new Date(ms);
}

/** Resolves `CALENDAR_YEAR(CreatedDate)`, also nested, to something that is read like a field. Throws MALFORMED_QUERY. */
export function resolveFunction(state: OrgState, def: ObjectDef, fn: FunctionExp): FieldPath {
  const name = (fn.functionName ?? "").toUpperCase();
  const parameter = fn.parameters?.[0];
  if (parameter === undefined || !isRowFunction(name))
    throw badRequest("MALFORMED_QUERY", `function ${fn.functionName ?? ""} is not allowed here`);
  const inner =
    typeof parameter === "string" ? resolvePath(state, def, parameter) : resolveFunction(state, def, parameter);
  if (PLAIN.has(name)) return { ...inner, isComputed: true };
  if (inner.field.type !== "date" && inner.field.type !== "datetime")
    throw badRequest("INVALID_FIELD", `field ${inner.field.name} does not support the function ${name}`);
  if (name === "DAY_ONLY") {
    const read: FieldPath["read"] = (row) => readDate(inner.read(row))?.toISOString().slice(0, 10) ?? null;
    return { ...inner, field: makeField(inner.field, "date"), isComputed: true, read };
  }
  const part = PARTS[name];
  const read: FieldPath["read"] = (row) => {
    const date = readDate(inner.read(row));
    return date && part ? part(date) : null;
  };
  return { ...inner, field: makeField(inner.field, "int"), isComputed: true, read };
}
