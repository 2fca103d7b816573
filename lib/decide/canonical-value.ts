import type { FieldKind, FieldMapping, FieldSchema, Person, RawValue, References } from "./record-types";
import { isBlank } from "./record-types";
import { dayIn, momentIn } from "./zoned-time";

/** The two ends of one mapping for one Salesforce type, with what is needed to compare and carry values over. */
export type FieldPair = {
  kind: FieldKind;
  hubspot: FieldSchema;
  salesforce: FieldSchema;
  valueMap: Record<string, string>;
  /** Salesforce value -> HubSpot value, where several mean the same */
  salesforceValues?: Record<string, string> | undefined;
  /** HubSpot value -> the one that stands for it, where Salesforce has none for it */
  standIns?: Record<string, string> | undefined;
  hubspotOwners: Record<string, Person>;
  salesforceUsers: Record<string, Person>;
  /** Paired parents by their own side's id; a parent that has no pair is not in it */
  references?: References | undefined;
  /** IANA name of the portal's time zone, in which a moment is a day; absent = UTC */
  timeZone?: string | undefined;
};

export type Converted =
  | { ok: true; value: RawValue }
  | { ok: false; why: "no_owner_match" | "not_a_value" | "parent_not_synced" };

/**
 * The common form in which both sides are compared (spec F7): trimmed text, lower-case email, plain decimal numbers,
 * ISO dates, date-times to the second (Salesforce keeps no milliseconds), sorted multi-select values, owner by email.
 * Null stands for blank.
 */
export function canonicalOf(pair: FieldPair, side: "hubspot" | "salesforce", raw: RawValue | undefined): string | null {
  if (isBlank(raw)) return null;
  const text = String(raw).replaceAll("\r\n", "\n").trim();
  switch (pair.kind) {
    case "email":
      return text.toLowerCase();
    case "number":
      return side === "salesforce" && isPercentPair(pair) ? shiftPoint(text, -2) : canonicalNumber(text);
    case "boolean":
      return canonicalBoolean(text);
    case "date":
      return pair[side].kind === "datetime" ? dayOfMoment(text, pair.timeZone) : canonicalDate(text);
    case "datetime":
      return canonicalDateTime(text);
    case "picklist":
      return side === "hubspot" ? (ownEntry(pair.standIns ?? {}, text) ?? text) : hubspotOptionFor(pair, text);
    case "multipicklist":
      return canonicalMulti(
        side === "hubspot" ? splitMulti(text) : splitMulti(text).map((v) => hubspotOptionFor(pair, v)),
      );
    case "owner":
      return canonicalOwner(pair, side, text);
    case "reference":
      return ownEntry(pair.references?.[side] ?? {}, text) ?? `${side}:${text}`;
    default:
      return text;
  }
}

/** Blank and "false" are the same tick box: Salesforce has no blank one (describe type boolean is never nillable). */
export function isSameValue(kind: FieldKind, a: string | null, b: string | null): boolean {
  if (a === b) return true;
  return kind === "boolean" && (a ?? "false") === (b ?? "false");
}

/** What to send to HubSpot for a canonical value; an empty string clears a property (HubSpot object APIs). */
export function toHubSpotValue(pair: FieldPair, canonical: string | null): Converted {
  if (canonical === null) return { ok: true, value: "" };
  if (pair.kind === "reference") return toReference(pair, "hubspot", canonical);
  if (!isValueOf(pair.hubspot.kind, canonical)) return { ok: false, why: "not_a_value" };
  if (pair.kind === "date") return { ok: true, value: toDateValue(pair, "hubspot", canonical) };
  if (pair.kind !== "owner") return { ok: true, value: canonical };
  const owner = idOfPerson(pair.hubspotOwners, canonical);
  return owner === null ? { ok: false, why: "no_owner_match" } : { ok: true, value: owner };
}

/** Whether a field of this kind can hold it at all: one garbage date would refuse a whole collection. */
function isValueOf(kind: FieldKind, canonical: string): boolean {
  if (kind === "date" || kind === "datetime") return epochMsOf(canonical) !== null;
  return kind !== "number" || Number.isFinite(Number(canonical));
}

/** What to send to Salesforce for a canonical value; null clears a field, except a tick box, which becomes false. */
export function toSalesforceValue(pair: FieldPair, canonical: string | null): Converted {
  if (pair.kind === "boolean") return { ok: true, value: canonical === "true" };
  if (canonical === null)
    return pair.salesforce.name === "OwnerId" ? { ok: false, why: "no_owner_match" } : { ok: true, value: null };
  if (!isValueOf(pair.salesforce.kind, canonical)) return { ok: false, why: "not_a_value" };
  switch (pair.kind) {
    case "number": {
      const number = Number(isPercentPair(pair) ? shiftPoint(canonical, 2) : canonical);
      return Number.isFinite(number) ? { ok: true, value: number } : { ok: false, why: "not_a_value" };
    }
    case "picklist":
      return { ok: true, value: salesforceOptionFor(pair, canonical) };
    case "multipicklist":
      return {
        ok: true,
        value: splitMulti(canonical)
          .map((v) => salesforceOptionFor(pair, v))
          .join(";"),
      };
    case "date":
      return { ok: true, value: toDateValue(pair, "salesforce", canonical) };
    case "reference":
      return toReference(pair, "salesforce", canonical);
    case "owner": {
      const user = idOfPerson(pair.salesforceUsers, canonical);
      return user === null ? { ok: false, why: "no_owner_match" } : { ok: true, value: user };
    }
    default:
      return { ok: true, value: canonical };
  }
}

export function pairOf(
  mapping: FieldMapping,
  hubspot: FieldSchema,
  salesforce: FieldSchema,
  facts: Pick<FieldPair, "hubspotOwners" | "salesforceUsers" | "references" | "timeZone">,
): FieldPair {
  const { hubspotOwners, salesforceUsers, references, timeZone } = facts;
  const kind = pairKind(hubspot, salesforce);
  return {
    kind,
    hubspot,
    salesforce,
    valueMap: mapping.valueMap,
    salesforceValues: mapping.salesforceValues,
    standIns: mapping.standIns,
    hubspotOwners,
    salesforceUsers,
    references,
    timeZone,
  };
}

/** The kind in which two differing ends meet: the poorer of the two, so that a value survives the way there and back. */
export function pairKind(hubspot: FieldSchema, salesforce: FieldSchema): FieldKind {
  const kinds: FieldKind[] = [hubspot.kind, salesforce.kind];
  if (kinds.includes("owner")) return "owner";
  if (kinds.includes("email")) return "email";
  if (kinds.includes("date")) return "date";
  if (hubspot.kind === salesforce.kind) return hubspot.kind;
  if (kinds.includes("multipicklist")) return "multipicklist";
  if (hubspot.kind === "picklist" || salesforce.kind === "picklist") return "picklist";
  return kinds.includes("number") ? "number" : "text";
}

function canonicalNumber(text: string): string {
  const plain = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text);
  if (plain) {
    const digits = plain[3] ? `${plain[2]}.${plain[3]}` : (plain[2] ?? "0");
    return plain[1] === "-" && !/^[0.]*$/.test(digits) ? `-${digits}` : digits;
  }
  const number = Number(text);
  return Number.isFinite(number) ? String(number) : text;
}

/** A number without a percent sign on the other side stays the number that it is. */
function isPercentPair({ hubspot, salesforce }: FieldPair): boolean {
  return hubspot.percent === "fraction" && salesforce.percent === "whole";
}

/** Moves the decimal point; by the text, since 0.07 * 100 is 7.000000000000001. */
function shiftPoint(text: string, places: number): string {
  const plain = canonicalNumber(text);
  const moved = Number(`${plain}e${places}`);
  return Number.isFinite(moved) ? String(moved) : plain;
}

function canonicalBoolean(text: string): string {
  return /^(true|yes|1)$/i.test(text) ? "true" : "false";
}

function canonicalDate(text: string): string {
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text)?.[1];
  if (day !== undefined && isDay(day)) return day;
  const ms = epochMsOf(text);
  return ms === null ? text : new Date(ms).toISOString().slice(0, 10);
}

/**
 * A moment beside a date is the day that people in the portal write then: a deal that is closed at 8:00 in Tokyo is closed on that day,
 * although it is still the day before in UTC.
 */
function dayOfMoment(text: string, timeZone = "UTC"): string {
  if (isDay(text)) return text;
  const ms = epochMsOf(text);
  return ms === null ? text : dayIn(timeZone, ms);
}

const NOON = 12;

/** A day as a moment is its noon in the portal: it is that day for people some hours east and west of it as well. */
function toDateValue(pair: FieldPair, side: "hubspot" | "salesforce", day: string): string {
  const noon = pair[side].kind === "datetime" ? momentIn(pair.timeZone ?? "UTC", day, NOON) : null;
  return noon === null ? day : new Date(noon).toISOString();
}

function canonicalDateTime(text: string): string {
  const ms = epochMsOf(text);
  return ms === null ? text : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Epoch ms of an ISO date-time (without a zone in UTC), Salesforce's "+0000" form or HubSpot's epoch-ms string; null when it
 * is none. Never `Date.parse` alone: it takes "Room 5" for the first of May 2001.
 */
export function epochMsOf(text: string): number | null {
  if (/^-?\d{10,14}$/.test(text)) return Number(text);
  const [, day = "", minutes = "00:00", seconds = ":00", zone = "Z"] = MOMENT.exec(text) ?? [];
  if (!isDay(day)) return null;
  const ms = Date.parse(`${day}T${minutes}${seconds}${zone.replace(/(\d{2})(\d{2})$/, "$1:$2")}`);
  return Number.isNaN(ms) ? null : ms;
}

/** A day of the calendar: JavaScript itself makes the 3rd of March of the 31st of February. */
function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day;
}

function splitMulti(text: string): string[] {
  return text
    .split(";")
    .map((v) => v.trim())
    .filter((v) => v !== "");
}

function canonicalMulti(values: string[]): string | null {
  const distinct = [...new Set(values)].sort();
  return distinct.length === 0 ? null : distinct.join(";");
}

function canonicalOwner(pair: FieldPair, side: "hubspot" | "salesforce", id: string): string {
  const people = side === "hubspot" ? pair.hubspotOwners : pair.salesforceUsers;
  const person = ownEntry(people, id);
  const address = person?.email.trim().toLowerCase() ?? "";
  // Two people without an address are not the same person.
  return address === "" ? `${side}:${id}` : address;
}

/** The parent's id on the other side; a parent without a pair must be synced first (spec P2). */
function toReference(pair: FieldPair, side: "hubspot" | "salesforce", key: string): Converted {
  const own = idsByKey(pair.references?.[side] ?? {}).get(key);
  return own === undefined ? { ok: false, why: "parent_not_synced" } : { ok: true, value: own };
}

/** A batch of 1,000 records asks for its parents 1,000 times: they are turned round once. */
function idsByKey(references: Record<string, string>): Map<string, string> {
  const known = TURNED.get(references);
  if (known?.size === Object.keys(references).length) return known;
  const turned = new Map(Object.entries(references).map(([id, key]) => [key, id]));
  TURNED.set(references, turned);
  return turned;
}

const TURNED = new WeakMap<Record<string, string>, Map<string, string>>();

/** A CRM may hold any text, "constructor" too: only the object's own entries count. */
function ownEntry<Value>(entries: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}

/** The active person with this email; ids are compared so that the answer does not depend on key order. */
function idOfPerson(people: Record<string, Person>, email: string): string | null {
  let found: string | null = null;
  for (const [id, person] of Object.entries(people)) {
    if (person.active && person.email.trim().toLowerCase() === email && (found === null || id < found)) found = id;
  }
  return found;
}

/** Explicit value map first, then same value, then same label, then the value itself (spec F11). */
export function salesforceOptionFor(pair: FieldPair, hubspotValue: string): string {
  const mapped = ownEntry(pair.valueMap, hubspotValue);
  if (mapped !== undefined) return mapped;
  const options = pair.salesforce.options ?? [];
  const label = pair.hubspot.options?.find((o) => o.value === hubspotValue)?.label;
  return matchOption(options, hubspotValue, label) ?? hubspotValue;
}

export function hubspotOptionFor(pair: FieldPair, salesforceValue: string): string {
  const told = ownEntry(pair.salesforceValues ?? {}, salesforceValue);
  if (told !== undefined) return told;
  const mapped = Object.entries(pair.valueMap)
    .filter(([, value]) => value === salesforceValue)
    .map(([value]) => value)
    .sort()[0];
  if (mapped !== undefined) return mapped;
  const options = pair.hubspot.options ?? [];
  const label = pair.salesforce.options?.find((o) => o.value === salesforceValue)?.label;
  return matchOption(options, salesforceValue, label) ?? salesforceValue;
}

function matchOption(
  options: { value: string; label: string }[],
  value: string,
  label: string | undefined,
): string | null {
  const wanted = value.toLowerCase();
  const wantedLabel = label?.toLowerCase() ?? wanted;
  return (
    options.find((o) => o.value === value)?.value ??
    options.find((o) => o.value.toLowerCase() === wanted)?.value ??
    options.find((o) => o.label.toLowerCase() === wantedLabel || o.label.toLowerCase() === wanted)?.value ??
    null
  );
}
