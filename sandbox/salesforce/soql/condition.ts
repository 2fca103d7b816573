import type { Condition } from "@jetstreamapp/soql-parser-js";
import { badRequest } from "../errors";
import { normaliseId } from "../ids";
import type { FieldDef, ObjectDef } from "../schema";
import { formatDate, parseStamp } from "../stamps";
import type { OrgState } from "../state";
import type { Row, Value } from "../table";
import { readDateLiteral } from "./date-literals";
import { resolveFunction } from "./functions";
import { resolvePath } from "./paths";

export type Predicate = (row: Row) => boolean;
/** `field = / IN values` or `SystemModstamp > / >= value` at the top level of the WHERE, for the choice of an index. */
export type Sargable = { field: string; operator: string; values: Value[] };

type Compiled = { predicate: Predicate; sargable?: Sargable | undefined };
type Range = { from: string; to: string };

const NUMERIC = new Set(["int", "double", "currency", "percent"]);

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_all, char: string) => ({ n: "\n", t: "\t", r: "\r" })[char] ?? char);
}

function wrongType(field: FieldDef, type: string, quotes: boolean): Error {
  return badRequest(
    "INVALID_FIELD",
    `value of filter criterion for field '${field.name}' must be of type ${type} and should ${quotes ? "" : "not "}be enclosed in quotes`,
  );
}

/** Datetimes with milliseconds, comparable as text with the stored form. */
function toStampText(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+0000");
}

function readTimeLiteral(field: FieldDef, text: string): string {
  const ms = parseStamp(text);
  if (ms === undefined) throw badRequest("MALFORMED_QUERY", `Invalid date/time: ${text}`);
  return field.type === "date" ? formatDate(ms) : toStampText(ms);
}

function readLiteral(field: FieldDef, text: string, type: string): Value {
  if (type === "NULL") return null;
  const quoted = type === "STRING";
  if (field.type === "id" || field.type === "reference") {
    if (!quoted) throw wrongType(field, "string", true);
    const raw = unquote(text);
    if (raw === "") return null;
    const id = normaliseId(raw);
    if (!id) throw badRequest("INVALID_QUERY_FILTER_OPERATOR", `invalid ID field: ${raw}`);
    return id;
  }
  if (field.type === "date" || field.type === "datetime") {
    const name = field.type === "date" ? "date" : "dateTime";
    if (type !== "DATE" && type !== "DATETIME") throw wrongType(field, name, false);
    return readTimeLiteral(field, text);
  }
  if (NUMERIC.has(field.type)) {
    if (quoted || Number.isNaN(Number(text))) throw wrongType(field, field.type === "int" ? "int" : "double", false);
    return Number(text);
  }
  if (field.type === "boolean") {
    if (type !== "BOOLEAN") throw wrongType(field, "boolean", false);
    return text.toUpperCase() === "TRUE";
  }
  if (!quoted) throw wrongType(field, "string", true);
  return unquote(text) || null;
}

function checkFilterable(field: FieldDef): void {
  if (field.type !== "address" && !(field.type === "textarea" && (field.length ?? 0) > 255)) return;
  throw badRequest("INVALID_FIELD", `field '${field.name}' can not be filtered in a query call`);
}

/** Texts compare without case, ids with it. */
function makeFold(field: FieldDef): (value: Value) => Value {
  if (field.type === "id" || field.type === "reference" || field.type === "datetime") return (value) => value;
  return (value) => (typeof value === "string" ? value.toLowerCase() : value);
}

function compilePattern(pattern: string): RegExp {
  let source = "";
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? "";
    const next = pattern[i + 1];
    if (char === "\\" && (next === "%" || next === "_")) {
      source += next;
      i++;
    } else if (char === "%") source += "[\\s\\S]*";
    else if (char === "_") source += "[\\s\\S]";
    else source += char.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  }
  return new RegExp(`^${source}$`, "i");
}

function compareWith(operator: string, wanted: Value, fold: (value: Value) => Value): (value: Value) => boolean {
  const folded = fold(wanted);
  if (operator === "=") return (value) => fold(value) === folded;
  if (operator === "!=") return (value) => fold(value) !== folded;
  return (value) => {
    const own = fold(value);
    if (own === null || folded === null) return false;
    if (operator === "<") return own < folded;
    if (operator === "<=") return own <= folded;
    return operator === ">" ? own > folded : own >= folded;
  };
}

function compareRange(operator: string, range: Range): (value: Value) => boolean {
  const inside = (text: string) => text >= range.from && text < range.to;
  return (value) => {
    if (typeof value !== "string") return operator === "!=";
    if (operator === "=") return inside(value);
    if (operator === "!=") return !inside(value);
    if (operator === "<") return value < range.from;
    if (operator === "<=") return value < range.to;
    return operator === ">" ? value >= range.to : value >= range.from;
  };
}

function compileTest(field: FieldDef, operator: string, values: Value[], raw: string): (value: Value) => boolean {
  const fold = makeFold(field);
  if (operator === "LIKE") {
    const pattern = compilePattern(unquoteLike(raw));
    return (value) => typeof value === "string" && pattern.test(value);
  }
  if (operator === "IN" || operator === "NOT IN") {
    const set = new Set(values.map(fold));
    return operator === "IN" ? (value) => set.has(fold(value)) : (value) => !set.has(fold(value));
  }
  if (operator === "INCLUDES" || operator === "EXCLUDES") {
    const groups = values.map((value) => String(value).toLowerCase().split(";"));
    const hit = (value: Value) => {
      const own = new Set(
        String(value ?? "")
          .toLowerCase()
          .split(";"),
      );
      return groups.some((group) => group.every((part) => own.has(part)));
    };
    return operator === "INCLUDES" ? hit : (value) => !hit(value);
  }
  return compareWith(operator, values[0] ?? null, fold);
}

/** Keeps `\%` and `\_` for the pattern, unescapes the rest. */
function unquoteLike(text: string): string {
  return text.slice(1, -1).replace(/\\([^%_])/g, "$1");
}

function readRange(state: OrgState, field: FieldDef, literal: string): Range {
  const range = readDateLiteral(literal, state.clock.now());
  if (!range) throw badRequest("MALFORMED_QUERY", `unexpected token: '${literal}'`);
  if (field.type !== "date" && field.type !== "datetime") throw wrongType(field, "string", true);
  const form = field.type === "date" ? formatDate : toStampText;
  return { from: form(range[0]), to: form(range[1]) };
}

/** Compiles the right side of a comparison with a value of this field; `values` are what an index may look for. */
export function compileTestOf(
  state: OrgState,
  field: FieldDef,
  condition: Condition,
  subquery?: Value[],
): { test: (value: Value) => boolean; values: Value[]; operator: string } {
  if (!("operator" in condition)) throw badRequest("MALFORMED_QUERY", "unexpected condition");
  const operator = condition.operator.toUpperCase();
  if (subquery) return { test: compileTest(field, operator, subquery, ""), values: subquery, operator };
  const types = [condition.literalType ?? "STRING"].flat();
  const texts = "value" in condition ? [condition.value].flat() : [];
  const at = (i: number): string => types[i] ?? types[0] ?? "STRING";
  if (at(0) === "DATE_LITERAL" || at(0) === "DATE_N_LITERAL")
    return { test: compareRange(operator, readRange(state, field, texts[0] ?? "")), values: [], operator };
  if (operator === "LIKE" && at(0) !== "STRING") throw wrongType(field, "string", true);
  const values = operator === "LIKE" ? [] : texts.map((text, i) => readLiteral(field, text, at(i)));
  return { test: compileTest(field, operator, values, texts[0] ?? "''"), values, operator };
}

/** Compiles one comparison; `subquery` = the values of a semi-join. */
export function compileCondition(state: OrgState, def: ObjectDef, condition: Condition, subquery?: Value[]): Compiled {
  if (!("field" in condition) && !("fn" in condition)) throw badRequest("MALFORMED_QUERY", "unexpected condition");
  const path = "fn" in condition ? resolveFunction(state, def, condition.fn) : resolvePath(state, def, condition.field);
  checkFilterable(path.field);
  const { test, values, operator } = compileTestOf(state, path.field, condition, subquery);
  const predicate = (row: Row) => test(path.read(row));
  const simple = !path.isComputed && path.steps.length === 0 && path.field.formula === undefined && values.length > 0;
  return { predicate, sargable: simple ? { field: path.field.name, operator, values } : undefined };
}
