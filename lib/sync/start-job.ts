import { isOpen, type JobKind, type JobParams, type JobRequest } from "@/lib/decide/job-request";
import { SALESFORCE_TYPES_OF } from "@/lib/decide/record-types";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { cancelJob } from "@/lib/store/job-items";
import { createJob, listOpenJobIds, readBasis, readJob, type StoredJob } from "@/lib/store/jobs";
import { findRecordObjects } from "@/lib/store/record-ids";
import { signalWork } from "@/lib/store/wake-signal";

export type StartAnswer =
  | { kind: "started"; job: StoredJob }
  | { kind: "not_connected" }
  | { kind: "not_found" }
  | { kind: "already_running" }
  | { kind: "changed_meanwhile" };

/** A request as it came from outside: what it left out is filled in. */
export type AskedRequest =
  | (Omit<Extract<JobRequest, { kind: "import_salesforce" }>, "types"> & { types: ("Lead" | "Contact")[] | null })
  | Exclude<JobRequest, { kind: "import_salesforce" } | { kind: "resync" }>
  | Omit<Extract<JobRequest, { kind: "resync" }>, "recordIds">;

export function completeRequest(asked: AskedRequest): JobRequest {
  if (asked.kind === "resync") return { ...asked, recordIds: null };
  if (asked.kind !== "import_salesforce") return asked;
  const all = [...SALESFORCE_TYPES_OF[asked.object]];
  return { ...asked, types: asked.object === "contact" && asked.types ? [...new Set(asked.types)] : all };
}

/**
 * Puts a job into the queue; a worker or the cron route takes it up. `changed_meanwhile`: the settings or mappings are
 * not those that the preview was made with.
 */
export async function startJob(
  connectionId: string,
  asked: { request: JobRequest } | { previewId: string },
  by: string,
): Promise<StartAnswer> {
  if ("request" in asked) return enqueue(connectionId, asked.request.kind, { ...asked, previewId: null }, by);
  const preview = await readJob(connectionId, asked.previewId);
  if (preview?.kind !== "preview" || preview.status !== "done") return { kind: "not_found" };
  const { request, basis } = preview.params;
  if (basis !== undefined && basis !== (await readBasis(connectionId))) return { kind: "changed_meanwhile" };
  return enqueue(connectionId, request.kind, { request, previewId: asked.previewId }, by, preview.checkpoint.label);
}

/** The same preview that is under way already is answered: whoever asks sees it count. */
export async function startPreview(connectionId: string, request: JobRequest, by: string): Promise<StartAnswer> {
  const basis = await readBasis(connectionId);
  const params = { request, previewId: null, basis };
  const same = await findQueued(connectionId, "preview", params);
  return same ? { kind: "started", job: same } : enqueue(connectionId, "preview", params, by);
}

/** T17: these records now, as one job per object. Ids that we do not have are left out. */
export async function startRecordSync(connectionId: string, ids: string[], by: string): Promise<StartAnswer[]> {
  const byObject = Map.groupBy(await findRecordObjects(connectionId, ids), (record) => record.object);
  const answers: StartAnswer[] = [];
  for (const [object, records] of byObject) {
    const request: JobRequest = { kind: "resync", object, states: [], recordIds: records.map((r) => r.id) };
    answers.push(await enqueue(connectionId, "resync", { request, previewId: null }, by));
  }
  return answers;
}

/** null = there is no such job; false = it had ended before. */
export async function stopJob(connectionId: string, id: string, by: string): Promise<boolean | null> {
  if (!(await readJob(connectionId, id))) return null;
  return cancelJob(connectionId, id, { status: "cancelled", by });
}

async function enqueue(
  connectionId: string,
  kind: JobKind,
  params: JobParams,
  by: string,
  label?: string,
): Promise<StartAnswer> {
  const connection = await readConnection(connectionId);
  if (!connection || !mayWork(connection, kind)) return { kind: "not_connected" };
  if (await findQueued(connectionId, kind, params)) return { kind: "already_running" };
  const job = await createJob(connectionId, { kind, params, by, label });
  await signalWork(connectionId);
  return { kind: "started", job };
}

/** Before syncing is turned on, a preview may look what it would do. */
function mayWork({ status, accounts }: StoredConnection, kind: JobKind): boolean {
  if (status !== "setup") return true;
  return kind === "preview" && accounts.hubspot !== null && accounts.salesforce !== null;
}

/** The second click on one button starts nothing: the open job with the same wish, null when there is none. */
async function findQueued(connectionId: string, kind: JobKind, params: JobParams): Promise<StoredJob | null> {
  for (const id of await listOpenJobIds(connectionId)) {
    const open = await readJob(connectionId, id);
    if (open && isOpen(open.status) && open.kind === kind && isSame(open.params, params)) return open;
  }
  return null;
}

/** Keys are sorted: jsonb keeps no order. */
function isSame(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([x], [y]) => (x < y ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value;
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
