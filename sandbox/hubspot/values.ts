import type { PropertyProblem } from "./errors";
import type { PropertyDefinition } from "./property-definition";

/** HubSpot refuses text above this many characters. */
const MAX_TEXT = 65_536;
const DAY_MS = 86_400_000;
const EMAIL = /^[^\s@,;<>()[\]\\"]+@[^\s@.,;<>()[\]\\"]+(\.[^\s@.,;<>()[\]\\"]+)+$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

type ValueContext = {
  /** The value now, for `;added` on check-boxes. */
  current: string | undefined;
  isOwner(id: string): boolean;
};

type Outcome = { value: string } | { problem: Omit<PropertyProblem, "name"> };

function refuse(code: string, message: string): Outcome {
  return { problem: { code, message } };
}

/** Lower-cases and trims, as HubSpot does with the `email` property before it compares or stores. */
export function normaliseEmail(value: string): string {
  return value.trim().toLowerCase();
}

/**
 * Checks one value as it came over the wire and brings it into stored form; `""` clears.
 * Numbers and booleans become text, dates `YYYY-MM-DD`, moments ISO with milliseconds.
 */
export function normaliseValue(
  definition: PropertyDefinition,
  raw: string | number | boolean | null,
  context: ValueContext,
): Outcome {
  const text = raw === null ? "" : String(raw);
  if (text === "") return { value: "" };
  if (text.length > MAX_TEXT) {
    return refuse(
      "PROPERTY_VALUE_TOO_LONG",
      `Property value is ${text.length} characters long, which is over the limit of ${MAX_TEXT}.`,
    );
  }
  if (definition.name === "email") return normaliseEmailValue(text);
  if (definition.name === "hs_additional_emails") return normaliseAddresses(text);
  if (definition.name === "hubspot_owner_id") return normaliseOwner(text, context);
  const check = BY_TYPE[definition.type];
  return check ? check(text, definition, context) : { value: text };
}

function normaliseEmailValue(text: string): Outcome {
  const value = normaliseEmail(text);
  if (value === "") return { value };
  return EMAIL.test(value) ? { value } : refuse("INVALID_EMAIL", `Email address ${text} is invalid`);
}

function normaliseAddresses(text: string): Outcome {
  const addresses = text.split(";").map(normaliseEmail).filter(Boolean);
  const bad = addresses.find((address) => !EMAIL.test(address));
  if (bad !== undefined) return refuse("INVALID_EMAIL", `Email address ${bad} is invalid`);
  return { value: [...new Set(addresses)].join(";") };
}

function normaliseOwner(text: string, context: ValueContext): Outcome {
  return context.isOwner(text) ? { value: text } : refuse("INVALID_OWNER_ID", `Owner ${text} does not exist`);
}

function normaliseNumber(text: string): Outcome {
  const trimmed = text.trim();
  const isNumber = trimmed !== "" && Number.isFinite(Number(trimmed)) && !/^0[xob]/i.test(trimmed);
  return isNumber ? { value: trimmed } : refuse("INVALID_LONG", `${text} was not a valid long.`);
}

function listOptions(definition: PropertyDefinition): string {
  return definition.options.map((option) => option.value).join(", ");
}

function normaliseBool(text: string): Outcome {
  const value = text.trim().toLowerCase();
  if (value === "true" || value === "false") return { value };
  return refuse("INVALID_OPTION", `${text} was not one of the allowed options: [true, false]`);
}

function normaliseOption(text: string, definition: PropertyDefinition, context: ValueContext): Outcome {
  const isMultiple = definition.fieldType === "checkbox";
  // A leading semicolon adds to what is there instead of replacing it.
  const isAddition = isMultiple && text.startsWith(";");
  const given = isMultiple ? text.split(";").filter((part) => part !== "") : [text];
  const allowed = new Set(definition.options.map((option) => option.value));
  const unknown = definition.options.length === 0 ? undefined : given.find((part) => !allowed.has(part));
  if (unknown !== undefined) {
    return refuse("INVALID_OPTION", `${unknown} was not one of the allowed options: [${listOptions(definition)}]`);
  }
  const before = isAddition ? (context.current ?? "").split(";").filter((part) => part !== "") : [];
  return { value: [...new Set([...before, ...given])].join(";") };
}

/** Epoch ms of a wire value: ms in digits, `YYYY-MM-DD`, or an ISO moment with zone; undefined when none of them. */
export function parseMoment(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^-?\d+$/.test(trimmed)) return Math.abs(Number(trimmed)) <= 8.64e15 ? Number(trimmed) : undefined;
  if (!ISO_DATE.test(trimmed) && !ISO_MOMENT.test(trimmed)) return undefined;
  const at = Date.parse(trimmed);
  // Date.parse rolls 2026-02-30 over to March; HubSpot refuses it.
  return Number.isNaN(at) || (ISO_DATE.test(trimmed) && new Date(at).toISOString().slice(0, 10) !== trimmed)
    ? undefined
    : at;
}

function normaliseDate(text: string): Outcome {
  const at = parseMoment(text);
  if (at === undefined) return refuse("INVALID_LONG", `${text} was not a valid long.`);
  const iso = new Date(at).toISOString();
  if (at % DAY_MS !== 0) return refuse("INVALID_DATE", `${text} is at ${iso.slice(11, 23)} UTC, not midnight!`);
  return { value: iso.slice(0, 10) };
}

function normaliseMoment(text: string): Outcome {
  const at = parseMoment(text);
  if (at === undefined) return refuse("INVALID_LONG", `${text} was not a valid long.`);
  return { value: new Date(at).toISOString() };
}

const BY_TYPE: Record<string, (text: string, definition: PropertyDefinition, context: ValueContext) => Outcome> = {
  number: normaliseNumber,
  bool: normaliseBool,
  enumeration: normaliseOption,
  date: normaliseDate,
  datetime: normaliseMoment,
};
