import { setTimeout as sleep } from "node:timers/promises";
import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure, type SyncFailure, stopsAll } from "@/lib/decide/classify-error";
import { isOpen, type JobStatus, usesReserve } from "@/lib/decide/job-request";
import { isBrakeWaiting } from "@/lib/store/brakes";
import { hasRoom } from "@/lib/store/call-budget";
import { withPurpose } from "@/lib/store/call-purpose";
import { getDatabase } from "@/lib/store/client";
import { cancelJob, countOpenItems, settleStrays } from "@/lib/store/job-items";
import {
  endJob,
  forgetOldJobs,
  listOpenJobIds,
  markJobStarted,
  noteJobProblem,
  readJob,
  type StoredJob,
} from "@/lib/store/jobs";
import { finishRun, startRun } from "@/lib/store/sync-runs";
import { releaseWorkLease, renewWorkLease, takeWorkLease } from "@/lib/store/work-leases";
import { stopDeadBulkJobs } from "./bulk-watch";
import { claimNext } from "./drain-due";
import { followLists } from "./follow-lists";
import { JobFailed, readSource } from "./job-source";
import { loadSyncContexts, type SyncContext } from "./load-sync-context";
import { isListKnown } from "./mark-membership";
import { JobMovedOn, nameRecords, previewPage } from "./name-records";
import { openCrms } from "./open-crms";
import type { SourceInput, SourcePage } from "./source-page";
import { suspend, syncClaim } from "./sync-claim";

/** Longer than any page or batch; renewed before each. */
const LEASE_MS = 180_000;
/** More than the 2,000 rows above which bulk writing begins, and still few enough for the memory. */
const BATCH_SIZE = 2_100;
const HELP_BATCH_SIZE = 1_000;
/** One job works so long before another one that waits has its turn. */
const TURN_MS = 20_000;
/** A passing failure is waited out, longer each time; the next turn begins anew. */
const FIRST_OUTAGE_MS = 1_500;
const LONGEST_OUTAGE_MS = 15_000;
/** Records that somebody else holds, or that come back in a moment, are waited for. */
const LOOK_MS = 250;

type Turn = SourceInput & { jobId: string; run: { id: string; by: string | null }; deadline: number; outages: number };
/** What one step of a turn came to; `waits`: nothing can be done before the next turn. */
type Step = "goes_on" | "ended" | "waits";

/**
 * Works on the open jobs of a connection in turns, until none is open, all of them wait, or `deadline` (epoch ms) has
 * come. Any number of processes may do so at once: each job is in one process's hands at a time.
 */
export async function advanceJobs(
  connectionId: string,
  deadline: number,
  stop: AbortSignal = new AbortController().signal,
): Promise<void> {
  await forgetOldJobs(connectionId);
  const waiting = new Set<string>();
  for (;;) {
    const open = (await listOpenJobIds(connectionId)).filter((id) => !waiting.has(id));
    if (open.length === 0 || Date.now() >= deadline || stop.aborted) return;
    for (const jobId of open) {
      if (stop.aborted) return;
      const end = await advanceJob(connectionId, jobId, Math.min(deadline, Date.now() + TURN_MS));
      if (end === "held" || end === "waits") waiting.add(jobId);
    }
  }
}

export async function hasOpenJobs(connectionId: string): Promise<boolean> {
  return (await listOpenJobIds(connectionId)).length > 0;
}

/**
 * Goes on with one job until it has ended, must wait (budget, outage, paused connection), or `deadline` has come. `held`:
 * another process is at it. What a process that died had named or written is not named or written again.
 */
export async function advanceJob(
  connectionId: string,
  jobId: string,
  deadline: number,
): Promise<JobStatus | "held" | "waits"> {
  const job = await readJob(connectionId, jobId);
  if (!job || !isOpen(job.status)) return job?.status ?? "waits";
  const name = `job:${jobId}`;
  const lease = await takeWorkLease(connectionId, name, LEASE_MS);
  if (lease === null) return "held";
  try {
    const reason = usesReserve(job.params.request) ? "manual" : "job";
    const renew = () => renewWorkLease(connectionId, name, lease, LEASE_MS);
    return await withPurpose({ object: "all", reason }, () => takeTurn(connectionId, job, deadline, renew));
  } finally {
    await releaseWorkLease(connectionId, name, lease);
  }
}

async function takeTurn(
  connectionId: string,
  job: StoredJob,
  deadline: number,
  renew: () => Promise<boolean>,
): Promise<JobStatus | "held" | "waits"> {
  const contexts = await loadContextsOf(connectionId, job);
  if (contexts === null) return "waits";
  await markJobStarted(connectionId, job.id);
  const crms = await openCrms(connectionId);
  const run = { id: await startRun(connectionId, "job", job.by), by: null };
  const turn: Turn = { connectionId, contexts, crms, jobId: job.id, run, deadline, outages: 0 };
  let step: Step = "waits";
  let ended = false;
  try {
    if ((await stopDead(turn)) === "waits") return "waits";
    do {
      if (!(await renew())) return "held";
      step = await takeStep(turn);
    } while (step === "goes_on" && Date.now() < deadline);
    ended = true;
  } finally {
    await finishRun(connectionId, run.id, {
      status: ended ? "done" : "failed",
      message: null,
      callsHubspot: crms.calls.hubspot,
      callsSalesforce: crms.calls.salesforce,
    });
  }
  if (step === "waits") return "waits";
  return (await readJob(connectionId, job.id))?.status ?? "waits";
}

/** Null while nothing may be done. A preview writes nothing: it may be made before syncing is turned on too. */
async function loadContextsOf(connectionId: string, job: StoredJob): Promise<SyncContext[] | null> {
  const contexts = (await loadSyncContexts(connectionId)) ?? [];
  const connection = contexts[0]?.connection;
  if (connection?.status === "active") return contexts;
  const isReady = connection?.status === "setup" && connection.accounts.hubspot && connection.accounts.salesforce;
  return isReady && job.kind === "preview" ? contexts : null;
}

/** One page named, or one batch synced, or a look whether all is done. */
async function takeStep(turn: Turn): Promise<Step> {
  const { connectionId, jobId } = turn;
  const job = await readJob(connectionId, jobId);
  if (!job || !isOpen(job.status)) return "ended";
  if (!usesReserve(job.params.request) && !(await hasRoom(connectionId))) {
    await noteJobProblem(connectionId, jobId, { type: "allocation_reached", message: "" });
    return "waits";
  }
  try {
    if (job.kind === "preview") return await takePreviewStep(turn, job);
    const open = await countOpenItems(connectionId, jobId);
    if (!job.checkpoint.isNamed && open < BATCH_SIZE) {
      const page = await readSource(turn, job);
      if (isTooMuchUnseen(turn, job, page)) return askForPreview(turn);
      await nameRecords(turn, job, page);
      return await goOn(turn);
    }
    return await syncBatchOf(turn, open);
  } catch (error) {
    if (error instanceof JobMovedOn) return "goes_on";
    if (error instanceof JobFailed) return fail(turn, { type: error.type, message: error.message });
    if (!(error instanceof CrmCallError)) throw error;
    return stopFor(turn, classifyFailure(error.failure, {}), true);
  }
}

async function takePreviewStep(turn: Turn, job: StoredJob): Promise<Step> {
  if (job.checkpoint.isNamed) {
    await endJob(getDatabase(), turn.connectionId, turn.jobId, { status: "done" });
    return "ended";
  }
  if (!(await knowsMembers(turn, job))) return "goes_on";
  await previewPage(turn, job, await readSource(turn, job));
  return goOn(turn);
}

/**
 * G2: nobody is decided before the members of the inclusion lists are known. Before syncing is turned on no check reads
 * them, so its preview does; afterwards the check does that was made due when a list was chosen, and it is waited for.
 */
async function knowsMembers({ contexts, crms, deadline }: Turn, { checkpoint }: StoredJob): Promise<boolean> {
  if (contexts[0]?.connection.status !== "active") {
    if (checkpoint.place !== null) return true;
    return followLists({ contexts, hubspot: crms.hubspot, checkNo: 0n, deadline });
  }
  const known = await Promise.all(contexts.map(isListKnown));
  if (known.every(Boolean)) return true;
  await sleep(LOOK_MS);
  return false;
}

/** C4: a job that may write more than a run may without a person's word needs one whose preview a person has seen. */
function isTooMuchUnseen({ contexts }: Turn, job: StoredJob, page: SourcePage): boolean {
  const brakeAt = contexts[0]?.connection.settings.brakeAt ?? null;
  const total = (job.total ?? 0) + (page.more ?? 0);
  return job.params.previewId === null && brakeAt !== null && total > brakeAt;
}

async function askForPreview(turn: Turn): Promise<Step> {
  const problem = { type: "preview_needed", message: "" };
  await cancelJob(turn.connectionId, turn.jobId, { status: "failed", problem });
  return "ended";
}

async function syncBatchOf(turn: Turn, open: number): Promise<Step> {
  const { connectionId, contexts, crms, jobId, run } = turn;
  const claimed = open === 0 ? null : await claimNext(contexts, BATCH_SIZE, jobId);
  if (claimed) {
    const end = await syncClaim(claimed.context, crms, claimed.claim, run);
    return end.stoppedBy ? stopFor(turn, end.stoppedBy, false) : goOn(turn);
  }
  if (open > 0) return helpOut(turn);
  await endJob(getDatabase(), connectionId, jobId, { status: "done" });
  return "ended";
}

async function stopDead(turn: Turn): Promise<Step> {
  try {
    await stopDeadBulkJobs(turn.connectionId, turn.crms.salesforce);
    return "goes_on";
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    return stopFor(turn, classifyFailure(error.failure, {}), false);
  }
}

/** What is left waits for records of others, such as the contact that a lead is linked to: they are worked off as well. */
async function helpOut(turn: Turn): Promise<Step> {
  const { connectionId, contexts, crms, jobId, run } = turn;
  // A run that waits for a person's word (C4) is not worked off by the back door.
  const claimed = (await isBrakeWaiting(connectionId)) ? null : await claimNext(contexts, HELP_BATCH_SIZE);
  if (claimed) {
    // Not the job's own: it takes nothing of what is kept for people.
    const end = await withPurpose({ reason: "sync" }, () => syncClaim(claimed.context, crms, claimed.claim, run));
    return end.stoppedBy ? stopFor(turn, end.stoppedBy, false) : "goes_on";
  }
  await settleStrays(connectionId, jobId);
  if ((await countOpenItems(connectionId, jobId)) > 0) await sleep(LOOK_MS);
  return "goes_on";
}

async function goOn(turn: Turn): Promise<Step> {
  turn.outages = 0;
  await noteJobProblem(turn.connectionId, turn.jobId, null);
  return "goes_on";
}

/** What passes by itself is waited for; a source that refuses us for good ends the job. */
async function stopFor(turn: Turn, failure: SyncFailure, isSource: boolean): Promise<Step> {
  const problem = { type: failure.type, message: `${failure.side}: ${failure.remoteMessage}` };
  if (failure.retry === "suspends") await suspend(turn.connectionId, failure);
  if (isSource && failure.retry === "waits") return fail(turn, problem);
  await noteJobProblem(turn.connectionId, turn.jobId, problem);
  if (failure.retry !== "heals" || stopsAll(failure)) return "waits";
  const waitMs = Math.min(FIRST_OUTAGE_MS * 2 ** turn.outages, LONGEST_OUTAGE_MS);
  turn.outages += 1;
  await sleep(Math.max(0, Math.min(waitMs, turn.deadline - Date.now())));
  return "goes_on";
}

async function fail(turn: Turn, problem: { type: string; message: string }): Promise<Step> {
  await endJob(getDatabase(), turn.connectionId, turn.jobId, { status: "failed", problem });
  return "ended";
}
