import { CrmCallError } from "@/lib/crm/face";
import type { ChangeNotice } from "@/lib/crm/salesforce/change-notice";
import { type ListenEnd, listenForChanges } from "@/lib/crm/salesforce/listen-changes";
import { classifyFailure } from "@/lib/decide/classify-error";
import { coalesce } from "@/lib/decide/name-woken-records";
import { inTransaction } from "@/lib/store/client";
import { readConnection, scheduleCheck } from "@/lib/store/connections";
import {
  forgetEventPosition,
  noteEventHeard,
  readEventListener,
  readEventPositions,
  saveEventPositions,
  saveListenerState,
} from "@/lib/store/event-positions";
import { signalWork } from "@/lib/store/wake-signal";
import { saveWakeUps } from "@/lib/store/wake-ups";
import { releaseWorkLease, renewWorkLease, takeWorkLease } from "@/lib/store/work-leases";
import { makeTokenSource } from "./open-crms";
import { suspend } from "./sync-claim";

const EVENTS_LEASE = "events";
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
/** Doubled each time that nobody was heard in between: a refusal may last as long as nobody mends it. */
const UNREACHABLE_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 10 * 60_000;
const NOT_ALLOWED_WAIT_MS = 60 * 60_000;

/**
 * T18: listens to Salesforce's change events of one connection until `stop` is aborted, the connection pauses, or it
 * cannot go on; notes the records that they name and wakes the workers. Answers at once while another process listens, or
 * while it is too early to try again.
 */
export async function hearSalesforce(connectionId: string, stop: AbortSignal): Promise<void> {
  if (!(await mayListen(connectionId)) || (await mustWait(connectionId))) return;
  const lease = await takeWorkLease(connectionId, EVENTS_LEASE, LEASE_MS);
  if (lease === null) return;
  const ending = new AbortController();
  const signal = AbortSignal.any([stop, ending.signal]);
  const renewal = setInterval(() => {
    keepLease(connectionId, lease).then(
      (kept) => kept || ending.abort(),
      () => ending.abort(),
    );
  }, RENEW_MS);
  try {
    await saveEnd(connectionId, await listen(connectionId, signal));
  } catch (error) {
    await saveCrash(connectionId, error);
  } finally {
    clearInterval(renewal);
    await releaseWorkLease(connectionId, EVENTS_LEASE, lease);
  }
}

async function mayListen(connectionId: string): Promise<boolean> {
  const connection = await readConnection(connectionId);
  if (connection?.status !== "active" || !connection.accounts.salesforce) return false;
  return connection.settings.salesforceEvents;
}

async function mustWait(connectionId: string): Promise<boolean> {
  const listener = await readEventListener(connectionId);
  return listener?.retryAt !== null && listener?.retryAt !== undefined && listener.retryAt > new Date();
}

/** The lease goes to somebody else only when this process hangs; a connection that was paused is heard no longer. */
async function keepLease(connectionId: string, lease: bigint): Promise<boolean> {
  return (await mayListen(connectionId)) && renewWorkLease(connectionId, EVENTS_LEASE, lease, LEASE_MS);
}

async function listen(connectionId: string, stop: AbortSignal): Promise<ListenEnd> {
  return listenForChanges({
    tokens: makeTokenSource(connectionId, "salesforce"),
    positions: await readEventPositions(connectionId),
    onNotices: (notices) => noteNotices(connectionId, notices),
    async onMissed(channel) {
      await forgetEventPosition(connectionId, channel);
      await askForCheck(connectionId);
    },
    onListening: (refused) => saveListenerState(connectionId, "listening", refused.join(", "), null),
    stop,
  });
}

/** Names and positions in one transaction: an event is taken up once, however this ends. */
async function noteNotices(connectionId: string, notices: ChangeNotice[]): Promise<void> {
  const others = notices.filter((notice) => !notice.isOwn);
  const named = others.flatMap(({ entity, ids, fields }) =>
    ids.map((remoteId) => ({ type: entity, remoteId, fields })),
  );
  await inTransaction(async (tx) => {
    await saveWakeUps(tx, connectionId, "salesforce", coalesce(named));
    await saveEventPositions(tx, connectionId, new Map(notices.map((notice) => [notice.channel, notice.replayId])));
    if (others.length === 0) return;
    await noteEventHeard(tx, connectionId);
    await signalWork(connectionId, tx);
  });
  // More changed than Salesforce could tell: only asking for everything finds it.
  if (others.some((notice) => notice.kind === "overflow")) await askForCheck(connectionId);
}

async function askForCheck(connectionId: string): Promise<void> {
  await scheduleCheck(connectionId, new Date());
  await signalWork(connectionId);
}

async function saveEnd(connectionId: string, { reason, detail }: ListenEnd): Promise<void> {
  if (reason === "stopped") return;
  await saveListenerState(connectionId, reason, detail, await findRetryTime(connectionId, reason));
}

async function findRetryTime(connectionId: string, reason: Exclude<ListenEnd["reason"], "stopped">): Promise<Date> {
  if (reason === "limit_reached") return nextMidnight();
  if (reason === "not_allowed") return new Date(Date.now() + NOT_ALLOWED_WAIT_MS);
  const before = await readEventListener(connectionId);
  const isRepeated = before?.state === "unreachable" && before.retryAt !== null;
  const last = isRepeated ? (before.retryAt?.getTime() ?? 0) - before.updatedAt.getTime() : 0;
  return new Date(Date.now() + Math.min(LONGEST_WAIT_MS, Math.max(UNREACHABLE_WAIT_MS, last * 2)));
}

/** The day's events are counted by UTC days. */
function nextMidnight(): Date {
  const midnight = new Date();
  midnight.setUTCHours(24, 0, 0, 0);
  return midnight;
}

async function saveCrash(connectionId: string, error: unknown): Promise<void> {
  const detail = error instanceof Error ? error.message : String(error);
  await saveListenerState(connectionId, "unreachable", detail, await findRetryTime(connectionId, "unreachable"));
  if (!(error instanceof CrmCallError)) throw error;
  const failure = classifyFailure(error.failure, {});
  if (failure.retry === "suspends") await suspend(connectionId, failure);
}
