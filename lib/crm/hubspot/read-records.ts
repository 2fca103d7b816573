import { z } from "zod";
import type { HubSpotReading } from "@/lib/decide/record-types";
import { mapLimited, splitIntoBatches } from "../batches";
import { CrmCallError } from "../face";
import type { OpenObject } from "./open-object";
import { type HubSpotRecord, recordSchema, toReading } from "./record-format";
import { errorSchema, translateErrorBody } from "./translate-failure";

/** HubSpot's largest batch. */
const BATCH_SIZE = 100;
/** With histories the vendor's list call halves its page; batch reads follow suit here to stay clear of the line. */
const HISTORY_BATCH_SIZE = 50;
/** Enough to hide the latency; the burst limit of 190 per 10 s is kept by the gate. */
const CALLS_AT_ONCE = 6;

const batchReadSchema = z.looseObject({ results: z.array(recordSchema), errors: z.array(errorSchema).nullish() });

type BatchRead = { idProperty?: string; properties: string[]; propertiesWithHistory?: string[] };

/** Reads records by id, 100 a call; ids that are gone are absent. Throws CrmCallError. */
export async function readByIds(open: OpenObject, ids: string[], properties: string[]): Promise<HubSpotReading[]> {
  const records = await readBatches(open, ids, BATCH_SIZE, { properties: withStamp(open, properties) });
  return records.map((record) => toReading(record, properties));
}

/**
 * Reads contacts by address, 100 a call, not through the lagging search index. The vendor resolves primary and
 * additional addresses alike; both kinds are added to the values, so that the caller sees which address led here.
 */
export async function readByEmails(
  open: OpenObject,
  emails: string[],
  properties: string[],
): Promise<HubSpotReading[]> {
  const wanted = emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== "");
  const asked = [...new Set([...properties, "email", "hs_additional_emails"])];
  const records = await readBatches(open, wanted, BATCH_SIZE, {
    idProperty: "email",
    properties: withStamp(open, asked),
  });
  // Two addresses of one contact bring it twice.
  const distinct = new Map(records.map((record) => [record.id, record]));
  return [...distinct.values()].map((record) => toReading(record, asked));
}

/** Epoch ms of the newest edit of each property, by record id. Throws CrmCallError. */
export async function readEditTimes(
  open: OpenObject,
  ids: string[],
  properties: string[],
): Promise<Map<string, Record<string, number>>> {
  const asked: BatchRead = { properties: [open.stamp], propertiesWithHistory: properties };
  const records = await readBatches(open, ids, HISTORY_BATCH_SIZE, asked);
  return new Map(records.map((record) => [record.id, listEditTimes(record)]));
}

function listEditTimes(record: HubSpotRecord): Record<string, number> {
  const times: Record<string, number> = {};
  for (const [name, versions] of Object.entries(record.propertiesWithHistory ?? {})) {
    const stamps = versions.map((version) => Date.parse(version.timestamp)).filter((stamp) => !Number.isNaN(stamp));
    if (stamps.length > 0) times[name] = Math.max(...stamps);
  }
  return times;
}

async function readBatches(open: OpenObject, keys: string[], size: number, asked: BatchRead): Promise<HubSpotRecord[]> {
  const batches = splitIntoBatches([...new Set(keys)], size);
  const answers = await mapLimited(batches, CALLS_AT_ONCE, (batch) => readBatch(open, batch, asked));
  return answers.flat();
}

async function readBatch(open: OpenObject, keys: string[], asked: BatchRead): Promise<HubSpotRecord[]> {
  const { results, errors } = await open.call({
    method: "POST",
    path: open.paths.batchRead,
    body: { ...asked, inputs: keys.map((id) => ({ id })) },
    isWrite: false,
    reply: batchReadSchema,
  });
  // "Not found" is an answer; any other error would make records look deleted that are not.
  const unexpected = errors?.find((error) => error.category !== "OBJECT_NOT_FOUND");
  if (unexpected) throw new CrmCallError(translateErrorBody(unexpected, 200));
  return results;
}

function withStamp(open: OpenObject, properties: string[]): string[] {
  return [...new Set([...properties, open.stamp])];
}
