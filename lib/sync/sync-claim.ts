import { splitIntoBatches } from "@/lib/crm/batches";
import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure, type RemoteFailure, type SyncFailure, stopsAll } from "@/lib/decide/classify-error";
import { currentPurpose, withPurpose } from "@/lib/store/call-purpose";
import { suspendConnection } from "@/lib/store/connections";
import { type Claim, claimAgain, releaseRecords } from "@/lib/store/record-claims";
import type { RunCounts } from "@/lib/store/sync-runs";
import type { Crms } from "./batch-work";
import type { SyncContext } from "./load-sync-context";
import { recordRefused } from "./record-batch";
import { LEASE_MS, LeaseLostError, openBatch, syncBatch } from "./sync-batch";

/** After a whole call failed nobody asks again for this long; a limit per second is over sooner than an outage. */
const OUTAGE_WAIT_MS = 30_000;
const LIMIT_WAIT_MS = 1_500;
/** What breaks the engine itself may do so again at once: it is left alone for a while. */
const BROKEN_WAIT_MS = 300_000;
/** So many culprits in one batch are none: what stands in the way has nothing to do with single records. */
const MAX_CULPRITS = 5;
/** Answers of a whole call that say nothing about its records: who calls, how often, or an outage. */
const NOT_ABOUT_RECORDS = [401, 403, 408, 423, 429];

export type ClaimEnd = { counts: RunCounts | null; stoppedBy: SyncFailure | null };

type Run = { id: string; by: string | null };
/** What is set apart from its batch; `broken`: the first thing that no CRM answered, a bug or the database's no. */
type Search = { context: SyncContext; crms: Crms; run: Run; culprits: number; broken: unknown };

const NOTHING: ClaimEnd = { counts: null, stoppedBy: null };

/**
 * One claimed batch; whatever happens, its records are either recorded or given back. E3: where one of them keeps the
 * others from being read, decided or recorded, it is looked for by halving, and the others go on.
 */
export async function syncClaim(context: SyncContext, crms: Crms, claim: Claim, run: Run): Promise<ClaimEnd> {
  const search: Search = { context, crms, run, culprits: 0, broken: null };
  const end = await syncPart(search, claim);
  if (search.broken !== null) throw search.broken;
  return end;
}

async function syncPart(search: Search, claim: Claim): Promise<ClaimEnd> {
  const { context, crms, run } = search;
  try {
    const { object } = context;
    const told = currentPurpose().reason;
    const reason = told === "manual" || told === "job" ? told : "sync";
    const result = await withPurpose({ object, reason }, () => syncBatch(context, crms, claim, run));
    if (result.stoppedBy?.retry === "suspends") await suspend(context.connectionId, result.stoppedBy);
    return result;
  } catch (error) {
    if (error instanceof LeaseLostError) return NOTHING;
    if (error instanceof CrmCallError && !isAboutRecords(error.failure)) return giveBack(context, claim, error.failure);
    return claim.records.length === 1 ? endCulprit(search, claim, error) : setApart(search, claim, error);
  }
}

/** Refused for what was asked, not for who asked or when. A field that is gone is the business of all records. */
function isAboutRecords(failure: RemoteFailure): boolean {
  const { status } = failure;
  if (status < 400 || status > 499 || NOT_ABOUT_RECORDS.includes(status)) return false;
  const { retry, type } = classifyFailure(failure, {});
  return retry === "waits" && type !== "property_missing";
}

async function giveBack(context: SyncContext, claim: Claim, remote: RemoteFailure): Promise<ClaimEnd> {
  const failure = classifyFailure(remote, {});
  // At the allocation nobody claims anything until there is room: the record itself need not wait.
  const waitMs = stopsAll(failure) ? 0 : failure.type === "rate_limited" ? LIMIT_WAIT_MS : OUTAGE_WAIT_MS;
  await release(context, claim, waitMs);
  if (failure.retry === "suspends") await suspend(context.connectionId, failure);
  return { counts: null, stoppedBy: failure };
}

/** Half by half; both sides are read again first, for a part of it may have been written. */
async function setApart(search: Search, claim: Claim, error: unknown): Promise<ClaimEnd> {
  const { connectionId } = search.context;
  const ids = claim.records.map((record) => record.id);
  await release(search.context, claim, 0);
  let end = NOTHING;
  for (const part of splitIntoBatches(ids, Math.ceil(ids.length / 2))) {
    if (search.culprits >= MAX_CULPRITS) return giveUp(end, error);
    const again = await claimAgain(connectionId, part, LEASE_MS);
    if (again.records.length === 0) continue;
    const own = await syncPart(search, again);
    end = { counts: addCounts(end.counts, own.counts), stoppedBy: own.stoppedBy };
    if (own.stoppedBy) return end;
  }
  return end;
}

function giveUp(end: ClaimEnd, error: unknown): ClaimEnd {
  if (!(error instanceof CrmCallError)) throw error;
  return { ...end, stoppedBy: classifyFailure(error.failure, {}) };
}

/** The one that is at fault: a CRM's no stands on its card; what broke on our own side is told when the others are done. */
async function endCulprit(search: Search, claim: Claim, error: unknown): Promise<ClaimEnd> {
  search.culprits += 1;
  if (error instanceof CrmCallError)
    return recordRefused(openBatch(search.context, search.crms, claim, search.run), error.failure);
  search.broken ??= error;
  await release(search.context, claim, BROKEN_WAIT_MS);
  return NOTHING;
}

async function release({ connectionId }: SyncContext, { token, records }: Claim, waitMs: number): Promise<void> {
  const ids = records.map((record) => record.id);
  await releaseRecords(connectionId, token, ids, new Date(Date.now() + waitMs), { needsRead: true });
}

function addCounts(one: RunCounts | null, other: RunCounts | null): RunCounts | null {
  if (one === null || other === null) return one ?? other;
  const names = Object.keys(one) as (keyof RunCounts)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as RunCounts;
}

/** E5: work waits and nothing is lost; the page says what to do. */
export async function suspend(connectionId: string, failure: SyncFailure): Promise<void> {
  await suspendConnection(connectionId, { reason: failure.type, side: failure.side, detail: failure.remoteMessage });
}
