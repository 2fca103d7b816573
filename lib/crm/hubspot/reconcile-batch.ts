import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { Values } from "@/lib/decide/record-types";
import { HUBSPOT_UNIQUE_PROPERTY, type HubSpotWrite, type WriteOutcome } from "../face";
import { type HubSpotRecord, readStamp } from "./record-format";
import { type HubSpotErrorBody, readTextList, translateErrorBody } from "./translate-failure";

export type BatchReply = { results: HubSpotRecord[]; errors: HubSpotErrorBody[] };

/**
 * Matches what HubSpot answered with what was sent: results and errors by trace id, else by record id or unique
 * property. A write that is in neither gets the error that names no record, if there is one; else an update counts as
 * merged away (HubSpot silently leaves such ids out) and a create as uncertain.
 */
export function reconcileBatch(
  writes: readonly HubSpotWrite[],
  operation: "update" | "upsert" | "create",
  reply: BatchReply,
): WriteOutcome[] {
  const findResult = indexResults(writes, reply);
  const { byTrace, byId, unnamed } = indexErrors(reply.errors);
  return writes.map((write): WriteOutcome => {
    const record = findResult(write);
    if (record) return succeeded(write, operation, record);
    const error = byTrace.get(write.key) ?? (write.id === null ? undefined : byId.get(write.id)) ?? unnamed;
    return { key: write.key, ok: false, failure: error ? translateErrorBody(error, 200) : missing(write) };
  });
}

function succeeded(
  write: HubSpotWrite,
  operation: "update" | "upsert" | "create",
  record: HubSpotRecord,
): WriteOutcome {
  const stored: Values = {};
  for (const [name, sent] of Object.entries(write.values)) {
    stored[name] = name in record.properties ? (record.properties[name] ?? null) : sent;
  }
  const modifiedAt = readStamp(record);
  return {
    key: write.key,
    ok: true,
    id: record.id,
    created: operation === "create" || (operation === "upsert" && record.new === true),
    stored,
    modifiedAt: modifiedAt === 0 ? null : modifiedAt,
  };
}

/** Trace ids are echoed on request; a reply without them is matched by what else is unique. */
function indexResults(
  writes: readonly HubSpotWrite[],
  { results, errors }: BatchReply,
): (write: HubSpotWrite) => HubSpotRecord | undefined {
  const byTrace = new Map(results.map((record) => [record.objectWriteTraceId ?? "", record]));
  const byId = new Map(results.map((record) => [record.id, record]));
  const byUnique = new Map(results.map((record) => [record.properties[HUBSPOT_UNIQUE_PROPERTY] ?? "", record]));
  const isUntraced = results.every((record) => !record.objectWriteTraceId);
  const isInOrder = isUntraced && errors.length === 0 && results.length === writes.length;
  return (write) => {
    const traced = byTrace.get(write.key);
    if (traced || !isUntraced) return traced;
    if (write.operation === "update") return write.id === null ? undefined : byId.get(write.id);
    const unique = write.salesforceId === null ? undefined : byUnique.get(write.salesforceId);
    return unique ?? (isInOrder ? results[writes.indexOf(write)] : undefined);
  };
}

function indexErrors(errors: readonly HubSpotErrorBody[]): {
  byTrace: Map<string, HubSpotErrorBody>;
  byId: Map<string, HubSpotErrorBody>;
  unnamed: HubSpotErrorBody | undefined;
} {
  const byTrace = new Map<string, HubSpotErrorBody>();
  const byId = new Map<string, HubSpotErrorBody>();
  let unnamed: HubSpotErrorBody | undefined;
  for (const error of errors) {
    const traces = readTextList(error.context?.objectWriteTraceId);
    const ids = readTextList(error.context?.ids);
    for (const trace of traces) byTrace.set(trace, error);
    for (const id of ids) byId.set(id, error);
    if (traces.length === 0 && ids.length === 0) unnamed ??= error;
  }
  return { byTrace, byId, unnamed };
}

function missing(write: HubSpotWrite): RemoteFailure {
  const isUpdate = write.operation === "update";
  return {
    side: "hubspot",
    status: 200,
    code: isUpdate ? "NOT_RETURNED" : "",
    message: isUpdate
      ? `HubSpot accepted the call but returned no contact ${write.id}; it was merged into another one`
      : "HubSpot accepted the call but returned neither a contact nor an error for this one",
    fields: [],
    uncertain: !isUpdate,
  };
}
