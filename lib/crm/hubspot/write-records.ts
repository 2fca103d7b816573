import { z } from "zod";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import { mapLimited, splitIntoBatches } from "../batches";
import { CrmCallError, HUBSPOT_UNIQUE_PROPERTY, type HubSpotWrite, type WriteOutcome } from "../face";
import type { OpenObject } from "./open-object";
import type { ObjectPaths } from "./paths";
import { reconcileBatch } from "./reconcile-batch";
import { recordSchema, toPropertyText } from "./record-format";
import { errorSchema } from "./translate-failure";

/** HubSpot's largest batch. */
const BATCH_SIZE = 100;
const CALLS_AT_ONCE = 6;

/** Refusals of a whole call that say nothing about its records: who calls, how often, or an outage. */
const NOT_ABOUT_RECORDS = [401, 403, 408, 423, 429, 477];
/** Refusals that meet every record carrying the property, so that trying them one by one would only cost calls. */
const ABOUT_THE_PROPERTY = ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE"];

const batchReplySchema = z.looseObject({
  results: z.array(recordSchema),
  errors: z.array(errorSchema).nullish(),
});

type Operation = "update" | "upsert" | "create";
type Batch = { operation: Operation; writes: HubSpotWrite[] };

const PATH_OF: Record<Operation, keyof ObjectPaths> = {
  update: "batchUpdate",
  upsert: "batchUpsert",
  create: "batchCreate",
};

/**
 * Writes records, 100 a call, at most 6 calls at once. Creates go by the unique property, so that a repeated one finds
 * the first; without it (`idFieldsPresent` false) they are plain creates. Every write comes back as exactly one outcome;
 * a failed call fails its own records only.
 */
export async function writeRecords(
  open: OpenObject,
  writes: HubSpotWrite[],
  idFieldsPresent: boolean,
): Promise<WriteOutcome[]> {
  const batches = (["update", "upsert", "create"] as const).flatMap((operation) => {
    const own = writes.filter((write) => chooseOperation(write, idFieldsPresent) === operation);
    return splitIntoBatches(own, BATCH_SIZE).map((part): Batch => ({ operation, writes: part }));
  });
  const outcomes = await mapLimited(batches, CALLS_AT_ONCE, (batch) => writeBatch(open, batch));
  return outcomes.flat();
}

function chooseOperation(write: HubSpotWrite, idFieldsPresent: boolean): Operation {
  if (write.operation === "update") return "update";
  return idFieldsPresent && write.salesforceId !== null ? "upsert" : "create";
}

async function writeBatch(open: OpenObject, batch: Batch): Promise<WriteOutcome[]> {
  if (batch.writes.length === 0) return [];
  try {
    const reply = await open.call({
      method: "POST",
      path: open.paths[PATH_OF[batch.operation]],
      body: { inputs: batch.writes.map((write) => toInput(write, batch.operation)) },
      isWrite: true,
      reply: batchReplySchema,
    });
    return reconcileBatch(batch.writes, batch.operation, { results: reply.results, errors: reply.errors ?? [] });
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    return answerRefusedCall(open, batch, error.failure);
  }
}

/** One bad record must not fail the others: a call refused as a whole is taken apart until the culprit stands alone. */
async function answerRefusedCall(open: OpenObject, batch: Batch, failure: RemoteFailure): Promise<WriteOutcome[]> {
  const { status } = failure;
  const isAboutRecords = status >= 400 && status < 500 && !NOT_ABOUT_RECORDS.includes(status) && failure.code !== "";
  if (!isAboutRecords || batch.writes.length === 1) return batch.writes.map((write) => failed(write, failure));
  const isHit = (write: HubSpotWrite) =>
    ABOUT_THE_PROPERTY.includes(failure.code) && failure.fields.some((field) => field in write.values);
  const hit = batch.writes.filter(isHit);
  if (hit.length > 0) {
    const rest = batch.writes.filter((write) => !isHit(write));
    return [...hit.map((write) => failed(write, failure)), ...(await writeBatch(open, { ...batch, writes: rest }))];
  }
  const halves = splitIntoBatches(batch.writes, Math.ceil(batch.writes.length / 2));
  const outcomes = await mapLimited(halves, 1, (half) => writeBatch(open, { ...batch, writes: half }));
  return outcomes.flat();
}

function failed(write: HubSpotWrite, failure: RemoteFailure): WriteOutcome {
  return { key: write.key, ok: false, failure };
}

/** The trace id makes HubSpot judge every input for itself and names it in results and errors. */
function toInput(write: HubSpotWrite, operation: Operation): object {
  const entries = Object.entries(write.values).map(([name, value]) => [name, toPropertyText(value)] as const);
  const input = { properties: Object.fromEntries(entries), objectWriteTraceId: write.key };
  if (operation === "update") return { id: write.id, ...input };
  if (operation === "upsert") return { id: write.salesforceId, idProperty: HUBSPOT_UNIQUE_PROPERTY, ...input };
  return input;
}
