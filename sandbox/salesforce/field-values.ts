import { badRequest } from "./errors";
import { normaliseId } from "./ids";
import type { FieldDef } from "./schema";
import { formatDate, formatStamp, parseStamp } from "./stamps";
import type { Value } from "./table";

const EMAIL = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+\.[^\s@.<>()[\],;:\\"]{2,}$/;
const MAX_INT = 2_147_483_647;

function describeJson(raw: unknown): string {
  if (typeof raw === "string") return `VALUE_STRING value ${raw}`;
  if (typeof raw === "number")
    return `${Number.isInteger(raw) ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT"} value ${raw}`;
  if (typeof raw === "boolean") return raw ? "VALUE_TRUE value true" : "VALUE_FALSE value false";
  return Array.isArray(raw) ? "START_ARRAY value [" : "START_OBJECT value {";
}

function refuseType(kind: string, raw: unknown): never {
  throw badRequest(
    "JSON_PARSER_ERROR",
    `Cannot deserialize instance of ${kind} from ${describeJson(raw)} or request may be missing a required field at [line:1, column:1]`,
  );
}

function readNumber(field: FieldDef, raw: unknown): number | null {
  const kind = field.type === "int" ? "int" : field.type === "currency" ? "currency" : "double";
  const text = typeof raw === "string" ? raw.trim() : raw;
  if (text === "") return null;
  const value = typeof text === "string" ? Number(text) : text;
  if (typeof value !== "number" || !Number.isFinite(value)) return refuseType(kind, raw);
  if (field.type === "int") {
    if (!Number.isInteger(value)) return refuseType(kind, raw);
    if (Math.abs(value) > MAX_INT || Math.abs(value) >= 10 ** (field.digits ?? 9)) throw outOfRange(field, raw);
    return value;
  }
  const scale = field.scale ?? 0;
  if (Math.abs(value) >= 10 ** ((field.precision ?? 18) - scale)) throw outOfRange(field, raw);
  return Number(value.toFixed(scale));
}

function outOfRange(field: FieldDef, raw: unknown) {
  return badRequest(
    "NUMBER_OUTSIDE_VALID_RANGE",
    `${field.label}: value outside of valid range on numeric field: ${String(raw)}`,
    [field.name],
  );
}

function readText(field: FieldDef, raw: unknown): string | null {
  if (typeof raw !== "string") return refuseType("string", raw);
  const text = raw.trim();
  if (text === "") return null;
  const max = field.length ?? 255;
  if ([...text].length > max) {
    throw badRequest("STRING_TOO_LONG", `${field.label}: data value too large: ${text} (max length=${max})`, [
      field.name,
    ]);
  }
  if (field.restricted && !field.picklist?.includes(text)) {
    throw badRequest(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      `${field.label}: bad value for restricted picklist field: ${text}`,
      [field.name],
    );
  }
  if (field.type !== "email") return text;
  if (!EMAIL.test(text)) {
    throw badRequest("INVALID_EMAIL_ADDRESS", `${field.label}: invalid email address: ${text}`, [field.name]);
  }
  return text.toLowerCase();
}

function readTime(field: FieldDef, raw: unknown): string | null {
  if (raw === "") return null;
  const ms = typeof raw === "string" ? parseStamp(raw.trim()) : undefined;
  if (ms === undefined) return refuseType(field.type, raw);
  return field.type === "date" ? formatDate(ms) : formatStamp(ms);
}

function readReference(field: FieldDef, raw: unknown): string | null {
  if (typeof raw !== "string") return refuseType("reference", raw);
  if (raw.trim() === "") return null;
  const id = normaliseId(raw.trim());
  if (!id) throw badRequest("MALFORMED_ID", `${field.label}: id value of incorrect type: ${raw}`, [field.name]);
  return id;
}

/**
 * Turns a JSON value into what is stored: texts trimmed, "" = null, email in lower case, times in whole seconds (UTC),
 * numbers to the field's scale, ids to 18 characters.
 * Throws JSON_PARSER_ERROR, STRING_TOO_LONG, INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, INVALID_EMAIL_ADDRESS,
 * NUMBER_OUTSIDE_VALID_RANGE or MALFORMED_ID, in the order of the real checks.
 */
export function normaliseValue(field: FieldDef, raw: unknown): Value {
  if (raw === null || raw === undefined) return field.type === "boolean" ? false : null;
  switch (field.type) {
    case "boolean":
      if (typeof raw === "boolean") return raw;
      if (raw === "true" || raw === "false") return raw === "true";
      return refuseType("boolean", raw);
    case "int":
    case "double":
    case "currency":
    case "percent":
      return readNumber(field, raw);
    case "date":
    case "datetime":
      return readTime(field, raw);
    case "reference":
    case "id":
      return readReference(field, raw);
    default:
      return readText(field, raw);
  }
}
