import { randomInt, randomUUID } from "node:crypto";
import type { WriteOutcome } from "@/lib/crm/face";
import { classifyFailure, type RemoteFailure, type SyncFailure, stopsAll } from "@/lib/decide/classify-error";
import { isPseudoName, withContacts } from "@/lib/decide/deal-contacts";
import { decideRetry } from "@/lib/decide/decide-retry";
import { describeRecord } from "@/lib/decide/find-due";
import { planBase } from "@/lib/decide/plan-base";
import type { SyncObject, Values } from "@/lib/decide/record-types";
import type { JournalError } from "@/lib/store/journal";
import { settleLifecycleFacts } from "@/lib/store/lifecycle-facts";
import { wakeWaiting } from "@/lib/store/parent-records";
import { releaseRecords } from "@/lib/store/record-claims";
import { type RecordOutcome, saveOutcomes } from "@/lib/store/record-outcomes";
import { addToRun, type RunCounts } from "@/lib/store/sync-runs";
import type { Batch, RecordWork } from "./batch-work";
import { openWorks } from "./batch-work";
import { sideOf, valuesThatGo } from "./carry-out-deletes";
import { feedsFormula } from "./feeds-formula";
import { wakeForFreeAddresses } from "./free-addresses";
import { changesOf, fullValues, heldValues, outcomeOf } from "./write-batch";

export type BatchResult = { counts: RunCounts; stoppedBy: SyncFailure | null };

/** A partner's row was held by another worker: long enough for it to finish, short enough not to be noticed. */
const DEFERRED_WAIT_MS = 2_000;

/** Commits how every record of the batch ended, in one transaction with the run's books. */
export async function recordBatch(batch: Batch): Promise<BatchResult> {
  const { connectionId, object } = batch.context;
  const works = openWorks(batch);
  const ends = works.map((work) => ({ work, failures: failuresOf(work).map((one) => retryOf(object, one)) }));
  const stoppedBy = ends.flatMap((e) => e.failures).find(stopsAll) ?? null;
  const outcomes = ends.map(({ work, failures }) => endOf(batch, work, failures));
  let counts = countEnds(ends, []);
  const saved = await saveOutcomes(connectionId, object, batch.token, outcomes, async (tx, kept) => {
    counts = countEnds(ends, kept);
    await addToRun(tx, connectionId, batch.runId, counts);
  });
  const inSync = new Set(outcomes.filter((o) => o.state === "in_sync").map((o) => o.recordId));
  await settleLifecycleFacts(
    connectionId,
    new Map(
      works.flatMap(({ claimed, salesforce, facts }) =>
        salesforce && facts && saved.has(claimed.id) && inSync.has(claimed.id) ? [[salesforce.id, facts] as const] : [],
      ),
    ),
  );
  await wakeWaiting(
    connectionId,
    works.filter((w) => w.waitsFor.length + w.follows.length > 0).map((w) => w.claimed.id),
  );
  await wakeForFreeAddresses(batch);
  const deferred = batch.works.filter((w) => w.deferred && !w.absorbed);
  await releaseRecords(
    connectionId,
    batch.token,
    deferred.map((w) => w.claimed.id),
    new Date(Date.now() + DEFERRED_WAIT_MS),
    { needsRead: true },
  );
  return { counts, stoppedBy };
}

/** A record about which a CRM would not even be asked: it fails with that answer, and what is known of it stays. */
export async function recordRefused(batch: Batch, failure: RemoteFailure): Promise<BatchResult> {
  for (const work of batch.works) {
    work.unread = true;
    const outcome = { key: work.claimed.id, ok: false, failure } as const;
    (failure.side === "hubspot" ? work.hubspotOutcomes : work.salesforceOutcomes).push(outcome);
  }
  return recordBatch(batch);
}

function failuresOf(work: RecordWork): SyncFailure[] {
  const of = (outcomes: WriteOutcome[], sent: Values): SyncFailure[] =>
    outcomes.flatMap((o) => (o.ok ? [] : [classifyFailure(o.failure, sent)]));
  return [...of(work.hubspotOutcomes, work.hubspotSent), ...of(work.salesforceOutcomes, work.salesforceSent)];
}

/** M4: what hangs on a lead that was converted in this moment follows as soon as the pair goes on with the contact. */
function retryOf(object: SyncObject, failure: SyncFailure): SyncFailure {
  return failure.type === "lead_converted" && object !== "contact" ? { ...failure, retry: "heals" } : failure;
}

function endOf(batch: Batch, work: RecordWork, failures: SyncFailure[]): RecordOutcome {
  if (work.unread) return endUndone(batch, work, failures);
  if (work.decision?.kind === "excluded") return endExcluded(batch, work, work.decision.reason);
  if (work.decision?.kind === "delete") return endDeleted(batch, work, failures);
  const now = { hubspot: fullValues(batch, work, "hubspot"), salesforce: fullValues(batch, work, "salesforce") };
  const failed = {
    hubspot: work.hubspotOutcomes.some((o) => !o.ok),
    salesforce: work.salesforceOutcomes.some((o) => !o.ok),
  };
  const hubspotId = work.hubspot?.id ?? createdId(work.hubspotOutcomes);
  const salesforceId = work.salesforce?.id ?? createdId(work.salesforceOutcomes);
  const paired = hubspotId !== null && salesforceId !== null;
  const fields = work.decision?.kind === "plan" ? work.decision.fields : [];
  // A copy is composed of several values at once: what did not arrive as a whole is still to be done as a whole.
  const undone = work.copy !== null && failed[work.copy.side];
  const kept = !paired ? null : undone ? work.claimed.base : planBase(work.claimed.base, now, fields, failed);
  const base = kept && withContacts(kept, work.roles);
  return {
    ...commonEnd(batch, work, now, base),
    ...(failures.length > 0 ? endFailing(work, failures) : feedsFormula(batch, work) ? endReadAgain() : endInSync()),
    ...waitForList(batch, work, failures),
    hubspotId,
    salesforceId,
    salesforceType:
      work.salesforce?.type ?? (work.decision?.kind === "plan" ? (work.decision.salesforce?.type ?? null) : null),
    base,
    failures: failures.filter((f) => !stopsAll(f)),
    journal: journalOf(batch, work, failures),
  };
}

/** G2: a contact that was just made from Salesforce waits until the inclusion list has it. */
function waitForList(
  batch: Batch,
  work: RecordWork,
  failures: SyncFailure[],
): { exclusionReason: string | null; state?: "excluded" } {
  const isNew = work.decision?.kind === "plan" && work.decision.hubspot?.operation === "create";
  if (!isNew || failures.length > 0 || !batch.context.settings.inclusionList) return { exclusionReason: null };
  return { exclusionReason: "not_in_inclusion_list", state: "excluded" };
}

function endInSync(): Pick<RecordOutcome, "state" | "settled" | "needsRead" | "attempts" | "nextAttemptAt"> {
  return { state: "in_sync", settled: true, needsRead: false, attempts: 0, nextAttemptAt: new Date() };
}

function endReadAgain(): Pick<RecordOutcome, "state" | "settled" | "needsRead" | "attempts" | "nextAttemptAt"> {
  return { state: "due", settled: false, needsRead: true, attempts: 0, nextAttemptAt: new Date() };
}

/** E3. What can heal by itself stays due and is read again first: the write may have happened after all. */
function endFailing(
  work: RecordWork,
  failures: SyncFailure[],
): Pick<RecordOutcome, "state" | "settled" | "needsRead" | "attempts" | "nextAttemptAt"> {
  const attempts = work.claimed.attempts + 1;
  if (failures.some(stopsAll))
    return {
      state: "due",
      settled: false,
      needsRead: true,
      attempts: work.claimed.attempts,
      nextAttemptAt: new Date(),
    };
  const decisive = failures.find((f) => f.retry === "waits") ?? failures[0];
  if (!decisive) throw new Error("A failing record has no failure");
  const retry = decideRetry(decisive.retry, attempts, Date.now(), randomInt(1000) / 1000);
  return { state: "failing", settled: retry.daily, needsRead: true, attempts, nextAttemptAt: new Date(retry.at) };
}

function endExcluded(batch: Batch, work: RecordWork, reason: string): RecordOutcome {
  const now = { hubspot: heldValues(work, "hubspot"), salesforce: heldValues(work, "salesforce") };
  const { base } = work.claimed;
  return {
    ...commonEnd(batch, work, now, base),
    state: "excluded",
    exclusionReason: reason,
    hubspotId: null,
    salesforceId: null,
    salesforceType: null,
    base,
    settled: true,
    needsRead: false,
    attempts: 0,
    nextAttemptAt: new Date(),
    failures: [],
    journal: work.claimed.exclusionReason === reason && batch.by === null ? null : journalOf(batch, work, []),
  };
}

/** C3: done, the pair ends; what it was is in history. A refused delete keeps the pair and is tried again. */
function endDeleted(batch: Batch, work: RecordWork, failures: SyncFailure[]): RecordOutcome {
  if (failures.length > 0) return endUndone(batch, work, failures);
  const excluded = endExcluded(batch, work, "deleted");
  return { ...excluded, base: null, unlink: sideOf(work), journal: journalOf(batch, work, failures) };
}

/** It fails as a whole: pair and base stay as they were. */
function endUndone(batch: Batch, work: RecordWork, failures: SyncFailure[]): RecordOutcome {
  return {
    ...endExcluded(batch, work, "deleted"),
    ...endFailing(work, failures),
    exclusionReason: null,
    failures: failures.filter((f) => !stopsAll(f)),
    journal: journalOf(batch, work, failures),
  };
}

type CommonEnd = Pick<
  RecordOutcome,
  | "recordId"
  | "claimedVersion"
  | "hubspotSeen"
  | "salesforceSeen"
  | "hubspotStamp"
  | "salesforceStamp"
  | "name"
  | "company"
  | "emails"
  | "candidates"
  | "waitsFor"
  | "unlink"
  | "deletedIn"
>;

function commonEnd(
  batch: Batch,
  work: RecordWork,
  now: { hubspot: Values; salesforce: Values },
  base: RecordOutcome["base"],
): CommonEnd {
  const { object } = batch.context;
  const shown =
    work.hubspot || work.hubspotOutcomes.some((o) => o.ok)
      ? describeRecord(object, "hubspot", now.hubspot)
      : describeRecord(object, "salesforce", now.salesforce);
  const company = shown.company === "" ? describeRecord(object, "salesforce", now.salesforce).company : shown.company;
  const nothingRead = work.missing !== null;
  return {
    recordId: work.claimed.id,
    claimedVersion: work.claimed.claimedVersion,
    hubspotSeen: seenOf(now.hubspot, base?.hubspot ?? null, work.claimed.hubspotValues),
    salesforceSeen: seenOf(now.salesforce, base?.salesforce ?? null, work.claimed.salesforceValues),
    hubspotStamp: newestStamp(work.hubspot?.modifiedAt, work.hubspotOutcomes),
    salesforceStamp: newestStamp(work.salesforce?.modifiedAt, work.salesforceOutcomes),
    name: nothingRead ? null : shown.name,
    company: nothingRead ? null : company,
    emails: nothingRead ? null : shown.emails,
    candidates: work.candidates,
    waitsFor: [...work.waitsFor, ...work.follows],
    unlink: null,
    deletedIn: work.deletedIn,
  };
}

/** What could not be read keeps what we knew of it. */
function seenOf(now: Values, base: Values | null, known: Values | null): Values | null {
  const values = Object.keys(now).length > 0 ? now : known;
  if (values === null || base === null) return values;
  const names = new Set([...Object.keys(values), ...Object.keys(base)]);
  for (const name of names) {
    if (!isPseudoName(name) && ((values[name] ?? null) !== (base[name] ?? null) || !(name in base))) return values;
  }
  return null;
}

function newestStamp(read: number | undefined, outcomes: WriteOutcome[]): number | null {
  const stamps = [read, ...outcomes.map((o) => (o.ok ? o.modifiedAt : null))].filter(
    (s) => s !== undefined && s !== null,
  );
  return stamps.length > 0 ? Math.max(...stamps) : null;
}

function createdId(outcomes: WriteOutcome[]): string | null {
  const created = outcomes.find((o) => o.ok);
  return created?.ok ? created.id : null;
}

/** A check that found nothing to do leaves no line in the timeline; a person's sync always does. */
function journalOf(batch: Batch, work: RecordWork, failures: SyncFailure[]): RecordOutcome["journal"] {
  const outcome = failures.length > 0 ? "failed" : outcomeOf(work);
  if (outcome === "unchanged" && batch.by === null && work.journalId === null) return null;
  // A refused write overwrote nothing. One whose answer was lost may have: the value it overwrote stays in history (F9).
  const refusedSides = new Set(
    [...work.hubspotOutcomes, ...work.salesforceOutcomes].flatMap((o) =>
      o.ok || o.failure.uncertain ? [] : [o.failure.side],
    ),
  );
  return {
    id: work.journalId ?? randomUUID(),
    recordId: work.claimed.id,
    runId: batch.runId,
    outcome,
    triggers: work.claimed.triggers,
    changes: (sideOf(work) ? valuesThatGo(batch, work) : changesOf(work)).filter((c) => !refusedSides.has(c.side)),
    by: batch.by,
    planned: work.journalId !== null,
    error: failures[0] ? pickForJournal(failures[0]) : null,
    calls: work.calls,
  };
}

function pickForJournal({ type, side, remoteMessage }: SyncFailure): JournalError {
  return { type, side, remoteMessage };
}

/** What was saved under our token; a record that gave way to another pair at the last moment is excluded after all. */
function countEnds(ends: { work: RecordWork; failures: SyncFailure[] }[], saved: RecordOutcome[]): RunCounts {
  const savedById = new Map(saved.map((one) => [one.recordId, one]));
  const counts: RunCounts = {
    seenHubspot: 0,
    seenSalesforce: 0,
    due: 0,
    synced: 0,
    created: 0,
    updatedHubspot: 0,
    updatedSalesforce: 0,
    unchanged: 0,
    failed: 0,
    excluded: 0,
  };
  for (const { work, failures } of ends) {
    const end = savedById.get(work.claimed.id);
    if (!end) continue;
    const outcome = end.exclusionReason === "another_record_is_linked" ? "excluded" : outcomeOf(work);
    if (outcome === "excluded") counts.excluded += 1;
    else if (failures.length > 0) counts.failed += 1;
    else if (outcome === "unchanged") counts.unchanged += 1;
    else counts.synced += 1;
    if (failures.length === 0 && outcome.startsWith("created_")) counts.created += 1;
    if (work.hubspotOutcomes.some((o) => o.ok)) counts.updatedHubspot += 1;
    if (work.salesforceOutcomes.some((o) => o.ok)) counts.updatedSalesforce += 1;
  }
  return counts;
}
