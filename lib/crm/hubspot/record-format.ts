import { z } from "zod";
import type { HubSpotReading, RawValue, Values } from "@/lib/decide/record-types";

const historySchema = z.array(z.looseObject({ timestamp: z.string() }));

/** One record of a search, a batch read or a batch write. */
export const recordSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  properties: z.record(z.string(), z.string().nullable()),
  propertiesWithHistory: z.record(z.string(), historySchema).nullish(),
  updatedAt: z.string().nullish(),
  new: z.boolean().nullish(),
  objectWriteTraceId: z.string().nullish(),
});
export type HubSpotRecord = z.infer<typeof recordSchema>;

/** The asked-for values and the modification stamp of a record. */
export function toReading(record: HubSpotRecord, properties: readonly string[]): HubSpotReading {
  const values: Values = {};
  for (const name of properties) values[name] = record.properties[name] ?? null;
  return { id: record.id, values, modifiedAt: readStamp(record) };
}

/** Epoch ms of the last change; 0 when the record does not tell. */
export function readStamp(record: HubSpotRecord): number {
  const stamp = Date.parse(
    record.properties.lastmodifieddate ?? record.properties.hs_lastmodifieddate ?? record.updatedAt ?? "",
  );
  return Number.isNaN(stamp) ? 0 : stamp;
}

/** HubSpot carries every value as text; the empty text clears a property. */
export function toPropertyText(value: RawValue): string {
  return value === null ? "" : String(value);
}
