import { z } from "zod";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import { mapLimited, splitIntoBatches } from "../batches";
import { type AssociationWrite, CrmCallError, type HubSpotObject, type WriteOutcome } from "../face";
import type { CallHubSpot } from "./call";
import { associationPaths } from "./paths";
import { errorSchema, type HubSpotErrorBody, readTextList, translateErrorBody } from "./translate-failure";

/** HubSpot's association guide: inputs of one batch. */
const BATCH_SIZE = 2_000;
const CALLS_AT_ONCE = 2;
/** Refusals of a whole call that say nothing about its records: who calls, how often, or an outage. */
const NOT_ABOUT_RECORDS = [401, 403, 408, 423, 429, 477];

const idSchema = z.union([z.string(), z.number()]).transform(String);
const createdSchema = z.looseObject({
  results: z.array(z.looseObject({ fromObjectId: idSchema, toObjectId: idSchema })),
  errors: z.array(errorSchema).nullish(),
});
/** 2026-03 archives with 204 and no body at all. */
const archivedSchema = z.looseObject({ errors: z.array(errorSchema).nullish() }).nullish();

/**
 * Associates records, 2,000 a call; one that is there already stays as it is. Every write comes back as exactly one
 * outcome, whose `id` is that of the record it leads from; a failed call fails its own writes only.
 */
export async function associate(
  call: CallHubSpot,
  from: HubSpotObject,
  to: HubSpotObject,
  writes: AssociationWrite[],
): Promise<WriteOutcome[]> {
  return sendAll(writes, async (batch) => {
    const inputs = batch.map((write) => ({
      from: { id: write.fromId },
      to: { id: write.toId },
      types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: write.typeId }],
    }));
    const path = associationPaths(from, to).batchCreate;
    const reply = await call({ method: "POST", path, body: { inputs }, isWrite: true, reply: createdSchema });
    const made = new Set(reply.results.map((result) => `${result.fromObjectId}>${result.toObjectId}`));
    return batch.map((write) =>
      made.has(`${write.fromId}>${write.toId}`) ? succeeded(write) : failed(write, explain(write, reply.errors ?? [])),
    );
  });
}

/** Takes every association between the two records of each write away; one that is gone already counts as done. */
export async function dissociate(
  call: CallHubSpot,
  from: HubSpotObject,
  to: HubSpotObject,
  writes: Omit<AssociationWrite, "typeId">[],
): Promise<WriteOutcome[]> {
  return sendAll(writes, async (batch) => {
    const inputs = batch.map((write) => ({ from: { id: write.fromId }, to: [{ id: write.toId }] }));
    const path = associationPaths(from, to).batchArchive;
    const reply = await call({ method: "POST", path, body: { inputs }, isWrite: true, reply: archivedSchema });
    const errors = reply?.errors ?? [];
    return batch.map((write) => {
      const error = errors.find((one) => namesRecord(one, write.fromId));
      return error ? failed(write, translateErrorBody(error, 200)) : succeeded(write);
    });
  });
}

type Write = Omit<AssociationWrite, "typeId">;

async function sendAll<W extends Write>(
  writes: W[],
  send: (batch: W[]) => Promise<WriteOutcome[]>,
): Promise<WriteOutcome[]> {
  const batches = splitIntoBatches(writes, BATCH_SIZE);
  const outcomes = await mapLimited(batches, CALLS_AT_ONCE, (batch) => sendApart(batch, send));
  return outcomes.flat();
}

/** One bad pair must not fail the others: a call refused as a whole is halved until the culprit stands alone. */
async function sendApart<W extends Write>(
  batch: W[],
  send: (batch: W[]) => Promise<WriteOutcome[]>,
): Promise<WriteOutcome[]> {
  try {
    return await send(batch);
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    const { failure } = error;
    const { status } = failure;
    const isAboutRecords = status >= 400 && status < 500 && !NOT_ABOUT_RECORDS.includes(status) && failure.code !== "";
    if (!isAboutRecords || batch.length === 1) return batch.map((write) => failed(write, failure));
    const halves = splitIntoBatches(batch, Math.ceil(batch.length / 2));
    return (await mapLimited(halves, 1, (half) => sendApart(half, send))).flat();
  }
}

function explain(write: Write, errors: readonly HubSpotErrorBody[]): RemoteFailure {
  const error = errors.find((one) => namesRecord(one, write.toId) || namesRecord(one, write.fromId)) ?? errors[0];
  if (error) return translateErrorBody(error, 200);
  const message = "HubSpot accepted the call but answered neither an association nor an error for this one";
  return { side: "hubspot", status: 200, code: "", message, fields: [], uncertain: true };
}

/** Errors of associations name the ids they are about under several keys of their context. */
function namesRecord(error: HubSpotErrorBody, id: string): boolean {
  return Object.values(error.context ?? {}).some((value) => readTextList(value).includes(id));
}

function succeeded(write: Write): WriteOutcome {
  return { key: write.key, ok: true, id: write.fromId, created: false, stored: {}, modifiedAt: null };
}

function failed(write: Write, failure: RemoteFailure): WriteOutcome {
  return { key: write.key, ok: false, failure };
}
