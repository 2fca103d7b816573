import { z } from "zod";
import type { HubSpotReading } from "@/lib/decide/record-types";
import { mapLimited, splitIntoBatches } from "../batches";
import { CrmCallError } from "../face";
import type { CallHubSpot } from "./call";
import { HUBSPOT_PATHS } from "./paths";
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

/** Reads contacts by id, 100 a call; ids that are gone are absent. Throws CrmCallError. */
export async function readByIds(call: CallHubSpot, ids: string[], properties: string[]): Promise<HubSpotReading[]> {
  const records = await readBatches(call, ids, BATCH_SIZE, { properties: withStamp(properties) });
  return records.map((record) => toReading(record, properties));
}

/**
 * Reads contacts by address, 100 a call, not through the lagging search index. The vendor resolves primary and
 * additional addresses alike; both kinds are added to the values, so that the caller sees which address led here.
 */
export async function readByEmails(
  call: CallHubSpot,
  emails: string[],
  properties: string[],
): Promise<HubSpotReading[]> {
  const wanted = emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== "");
  const asked = [...new Set([...properties, "email", "hs_additional_emails"])];
  const records = await readBatches(call, wanted, BATCH_SIZE, { idProperty: "email", properties: withStamp(asked) });
  // Two addresses of one contact bring it twice.
  const distinct = new Map(records.map((record) => [record.id, record]));
  return [...distinct.values()].map((record) => toReading(record, asked));
}

/** Epoch ms of the newest edit of each property, by contact id. Throws CrmCallError. */
export async function readEditTimes(
  call: CallHubSpot,
  ids: string[],
  properties: string[],
): Promise<Map<string, Record<string, number>>> {
  const asked: BatchRead = { properties: ["lastmodifieddate"], propertiesWithHistory: properties };
  const records = await readBatches(call, ids, HISTORY_BATCH_SIZE, asked);
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

async function readBatches(
  call: CallHubSpot,
  keys: string[],
  size: number,
  asked: BatchRead,
): Promise<HubSpotRecord[]> {
  const batches = splitIntoBatches([...new Set(keys)], size);
  const answers = await mapLimited(batches, CALLS_AT_ONCE, (batch) => readBatch(call, batch, asked));
  return answers.flat();
}

async function readBatch(call: CallHubSpot, keys: string[], asked: BatchRead): Promise<HubSpotRecord[]> {
  const { results, errors } = await call({
    method: "POST",
    path: HUBSPOT_PATHS.batchRead,
    body: { ...asked, inputs: keys.map((id) => ({ id })) },
    isWrite: false,
    reply: batchReadSchema,
  });
  // "Not found" is an answer; any other error would make records look deleted that are not.
  const unexpected = errors?.find((error) => error.category !== "OBJECT_NOT_FOUND");
  if (unexpected) throw new CrmCallError(translateErrorBody(unexpected, 200));
  return results;
}

function withStamp(properties: string[]): string[] {
  return [...new Set([...properties, "lastmodifieddate"])];
}
