import type { Job, JobList, Preview } from "@/lib/contracts/jobs";
import { isOpen, JOB_KINDS, JOB_STATUSES, type JobRequest, type JobStatus } from "@/lib/decide/job-request";
import type { PreviewAction } from "@/lib/decide/preview-actions";
import { countItems, type ItemCounts } from "@/lib/store/job-items";
import { listJobs, readJob, type StoredJob } from "@/lib/store/jobs";
import { countPreviewed, listPreviewed, type PreviewCounts } from "@/lib/store/preview-items";
import { labelChanges } from "./label-changes";

const SHOWN_KINDS = JOB_KINDS.filter((kind) => kind !== "preview");
const OPEN: readonly JobStatus[] = JOB_STATUSES.filter(isOpen);
/** A rate over less than this is noise. */
const SHORTEST_MS = 1_000;

/** Newest first; previews are not among them. */
export async function viewJobs(
  connectionId: string,
  page: { limit: number; before?: string | undefined; status?: "open" | "done" | "cancelled" | "failed" | undefined },
): Promise<JobList> {
  const statuses = page.status === "open" ? OPEN : page.status && [page.status];
  const known = page.before === undefined || (await readJob(connectionId, page.before)) !== null;
  const jobs = known ? await listJobs(connectionId, { ...page, kinds: SHOWN_KINDS, statuses }) : [];
  return {
    jobs: await Promise.all(jobs.map((job) => viewStored(connectionId, job))),
    next: jobs.length === page.limit ? (jobs.at(-1)?.id ?? null) : null,
  };
}

/** null = there is no such job. */
export async function viewJob(connectionId: string, id: string): Promise<Job | null> {
  const job = await readJob(connectionId, id);
  return job && job.kind !== "preview" ? viewStored(connectionId, job) : null;
}

export async function viewStored(connectionId: string, job: StoredJob): Promise<Job> {
  const counts = await countItems(connectionId, job.id);
  return {
    ...viewCommon(job, counts),
    kind: job.params.request.kind,
    previewId: job.params.previewId,
  };
}

export type PreviewPage = {
  outcome: "written" | "unchanged" | "excluded" | "failed";
  action?: PreviewAction | undefined;
  after?: string | undefined;
  limit: number;
};

/** A preview with one page of its records; null = there is no such preview. */
export async function viewPreview(connectionId: string, id: string, page: PreviewPage): Promise<Preview | null> {
  const job = await readJob(connectionId, id);
  if (job?.kind !== "preview") return null;
  const [counts, items] = await Promise.all([
    countPreviewed(connectionId, id),
    listPreviewed(connectionId, id, {
      outcome: page.outcome === "written" ? null : page.outcome,
      action: page.action ?? null,
      after: page.after ?? null,
      limit: page.limit,
    }),
  ]);
  const { actions, values, unchanged, excluded, failed } = counts;
  const changes = await labelChanges(
    connectionId,
    items.map(({ plan }) => ({ ...plan, salesforceType: null })),
  );
  return {
    ...viewCommon(job, sumPreview(counts)),
    actions,
    values,
    unchanged,
    excluded,
    failed,
    items: items.map(({ plan, ...item }, index) => ({
      ...item,
      object: plan.object,
      name: plan.name,
      hubspotId: plan.hubspotId,
      salesforceId: plan.salesforceId,
      action: plan.action,
      changes: changes[index] ?? [],
    })),
    next: page.limit > 0 && items.length === page.limit ? (items.at(-1)?.key ?? null) : null,
  };
}

/** For its progress, what would be written counts as done: it is decided. */
function sumPreview({ actions, unchanged, excluded, failed }: PreviewCounts): ItemCounts {
  const sum = (numbers: Record<string, number>) => Object.values(numbers).reduce((total, n) => total + n, 0);
  const created = actions.create_hubspot + actions.create_salesforce;
  return {
    open: 0,
    created,
    updated: sum(actions) - created,
    unchanged,
    failed: sum(failed),
    excluded: sum(excluded),
    taken_back: 0,
  };
}

function viewCommon(job: StoredJob, counts: ItemCounts): Omit<Job, "kind" | "previewId"> {
  return {
    id: job.id,
    status: job.status,
    request: viewRequest(job.params.request),
    label: job.checkpoint.label ?? null,
    by: job.by,
    cancelledBy: job.cancelledBy,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    problem: job.problem,
    message: job.message,
    progress: viewProgress(job, counts),
  };
}

/** A thousand ids would travel with every poll. */
function viewRequest(request: JobRequest): Job["request"] {
  if (request.kind !== "resync" || request.recordIds === null) return request;
  return { kind: request.kind, object: request.object, states: request.states, records: request.recordIds.length };
}

function viewProgress(job: StoredJob, counts: ItemCounts): Job["progress"] {
  const { open, created, updated, unchanged, failed, excluded, taken_back: takenBack } = counts;
  const done = created + updated + unchanged + failed + excluded;
  const named = done + open + takenBack;
  // What the source told at the beginning may have grown or shrunk meanwhile.
  const total = job.checkpoint.isNamed ? named : job.total === null ? null : Math.max(job.total, named);
  const elapsedMs = job.startedAt ? (job.finishedAt?.getTime() ?? Date.now()) - job.startedAt.getTime() : 0;
  const ratePerSecond = elapsedMs >= SHORTEST_MS && done > 0 ? done / (elapsedMs / 1_000) : null;
  const isGoing = isOpen(job.status) && ratePerSecond !== null && total !== null;
  return {
    total,
    named,
    done,
    open,
    created,
    updated,
    unchanged,
    failed,
    excluded,
    takenBack,
    ratePerSecond: ratePerSecond === null ? null : Math.round(ratePerSecond * 10) / 10,
    secondsLeft: isGoing ? Math.ceil(Math.max(0, total - done) / ratePerSecond) : null,
  };
}
