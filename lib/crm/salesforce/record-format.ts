import { z } from "zod";
import type { RawValue, SalesforceReading, SalesforceType, Values } from "@/lib/decide/record-types";
import { checkName } from "./soql";

const rowSchema = z.looseObject({ attributes: z.looseObject({ type: z.string() }).nullish(), Id: z.string() });
export const queryPageSchema = z.looseObject({
  done: z.boolean(),
  nextRecordsUrl: z.string().nullish(),
  records: z.array(rowSchema),
});
export type QueryPage = z.infer<typeof queryPageSchema>;
export type Row = z.infer<typeof rowSchema>;

const EVERYWHERE = ["Id", "SystemModstamp", "LastModifiedDate", "LastModifiedById", "IsDeleted"];
/** What the engine needs of a type besides the mapped fields: conversion and merges (spec M4, M5). */
const OWN: Partial<Record<SalesforceType, string[]>> = {
  Lead: ["IsConverted", "ConvertedContactId", "ConvertedAccountId", "ConvertedOpportunityId", "MasterRecordId"],
  Contact: ["MasterRecordId"],
  Account: ["MasterRecordId"],
};

/** The fields to ask for: what the caller wants and what the engine always needs, each once whatever its case. */
export function listFields(type: SalesforceType, wanted: readonly string[]): string[] {
  const byName = new Map(
    [...EVERYWHERE, ...(OWN[type] ?? []), ...wanted].map((name) => [name.toLowerCase(), checkName(name)]),
  );
  return [...byName.values()];
}

/** `modifiedAt` is LastModifiedDate, when somebody edited; SystemModstamp also moves by the system's own doing. */
export function toReading(type: SalesforceType, row: Row, wanted: readonly string[]): SalesforceReading {
  const values: Values = {};
  for (const name of listFields(type, wanted)) values[name] = readValue(row, name);
  return { id: row.Id, type, values, modifiedAt: parseStamp(row.LastModifiedDate) };
}

/** A value by field name or path ("Owner.Email"); compound values (addresses) count as none. */
export function readValue(row: Row, name: string): RawValue {
  let current: unknown = row;
  for (const step of name.split(".")) {
    if (typeof current !== "object" || current === null) return null;
    current = (current as Record<string, unknown>)[step];
  }
  return isRaw(current) ? current : null;
}

/** Salesforce writes "2026-11-23T10:00:00.000+0000", without a colon in the offset. Epoch ms, 0 when absent. */
export function parseStamp(text: unknown): number {
  if (typeof text !== "string") return 0;
  const stamp = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(stamp) ? 0 : stamp;
}

function isRaw(value: unknown): value is RawValue {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
