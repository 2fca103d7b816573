import { z } from "zod";
import type { HubSpotReading } from "@/lib/decide/record-types";
import { mapLimited, splitIntoBatches } from "../batches";
import { type ArchivedPage, type ArchivedRecord, CrmCallError, type RemovalTarget, type WriteOutcome } from "../face";
import type { OpenObject } from "./open-object";
import { recordSchema, toReading } from "./record-format";
import { errorSchema, translateErrorBody } from "./translate-failure";

/** HubSpot's largest batch, and its largest page of a listing. */
const BATCH_SIZE = 100;
const CALLS_AT_ONCE = 6;

const archivedSchema = recordSchema.extend({ archived: z.boolean().nullish(), archivedAt: z.string().nullish() });
const batchSchema = z.looseObject({ results: z.array(archivedSchema), errors: z.array(errorSchema).nullish() });
const pageSchema = z.looseObject({
  results: z.array(archivedSchema),
  paging: z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish(),
});

/** Which of these records lie in HubSpot's recycle bin; 100 a call, others are absent. Throws CrmCallError. */
export async function readArchived(open: OpenObject, ids: string[]): Promise<ArchivedRecord[]> {
  const batches = splitIntoBatches([...new Set(ids)], BATCH_SIZE);
  const answers = await mapLimited(batches, CALLS_AT_ONCE, async (batch) => {
    const { results, errors } = await open.call({
      method: "POST",
      path: open.paths.batchRead,
      query: { archived: "true" },
      body: { properties: [open.stamp], inputs: batch.map((id) => ({ id })) },
      isWrite: false,
      reply: batchSchema,
    });
    const unexpected = errors?.find((error) => error.category !== "OBJECT_NOT_FOUND");
    if (unexpected) throw new CrmCallError(translateErrorBody(unexpected, 200));
    return results;
  });
  return answers.flat().filter(isArchived).map(toArchived);
}

/** One page of the recycle bin by rising id; HubSpot has no order by time here. Throws CrmCallError. */
export async function listArchived(open: OpenObject, after: string | null): Promise<ArchivedPage> {
  const { results, paging } = await open.call({
    method: "GET",
    path: open.paths.records,
    query: {
      archived: "true",
      limit: String(BATCH_SIZE),
      properties: open.stamp,
      ...(after === null ? {} : { after }),
    },
    isWrite: false,
    reply: pageSchema,
  });
  return { records: results.filter(isArchived).map(toArchived), next: paging?.next?.after ?? null };
}

/**
 * The records that these ids lead to, by the asked-for id: HubSpot answers a merged-away id in single calls only, so
 * that this is one call per id; for ids that batch reads do not know. Throws CrmCallError.
 */
export async function readMerged(
  open: OpenObject,
  ids: string[],
  properties: string[],
): Promise<Map<string, HubSpotReading>> {
  const found = new Map<string, HubSpotReading>();
  await mapLimited([...new Set(ids)], CALLS_AT_ONCE, async (id) => {
    const record = await readOne(open, id, properties);
    if (record && record.id !== id) found.set(id, record);
  });
  return found;
}

async function readOne(open: OpenObject, id: string, properties: string[]): Promise<HubSpotReading | null> {
  try {
    const record = await open.call({
      method: "GET",
      path: `${open.paths.records}/${encodeURIComponent(id)}`,
      query: { properties: [...new Set([...properties, open.stamp])].join(",") },
      isWrite: false,
      reply: recordSchema,
    });
    return toReading(record, properties);
  } catch (error) {
    if (error instanceof CrmCallError && error.failure.status === 404) return null;
    throw error;
  }
}

/** Puts records into the recycle bin, 100 a call. HubSpot answers nothing per record: a call is done or failed as a whole. */
export async function archiveRecords(open: OpenObject, targets: RemovalTarget[]): Promise<WriteOutcome[]> {
  const answers = await mapLimited(splitIntoBatches(targets, BATCH_SIZE), CALLS_AT_ONCE, async (batch) => {
    try {
      await open.call({
        method: "POST",
        path: open.paths.batchArchive,
        body: { inputs: batch.map(({ id }) => ({ id })) },
        isWrite: true,
        reply: z.unknown(),
      });
      return batch.map(
        ({ key, id }): WriteOutcome => ({
          key,
          ok: true,
          id,
          created: false,
          stored: {},
          modifiedAt: null,
        }),
      );
    } catch (error) {
      if (!(error instanceof CrmCallError)) throw error;
      const { failure } = error;
      return batch.map(({ key }): WriteOutcome => ({ key, ok: false, failure }));
    }
  });
  return answers.flat();
}

function isArchived(record: z.infer<typeof archivedSchema>): boolean {
  return record.archived === true;
}

function toArchived(record: z.infer<typeof archivedSchema>): ArchivedRecord {
  const archivedAt = Date.parse(record.archivedAt ?? "");
  return { id: record.id, archivedAt: Number.isNaN(archivedAt) ? null : archivedAt };
}
