import type { ErrorType } from "./error-types";
import type { SalesforceType, Side, SyncObject } from "./record-types";

/** Which records an import takes; ISO moments, null = any. */
export type ImportDates = { createdFrom: string | null; createdTo: string | null; modifiedFrom: string | null };

export const RESYNC_STATES = ["in_sync", "failing", "excluded", "due"] as const;
export type ResyncState = (typeof RESYNC_STATES)[number];

/** What a person asks a job to do. Every job only names records; the engine syncs them as always. */
export type JobRequest =
  /** Existing records of one side */
  | ({ kind: "import_hubspot"; object: SyncObject } & ImportDates)
  | ({ kind: "import_salesforce"; object: SyncObject; types: SalesforceType[] } & ImportDates)
  /** T17: the members of a HubSpot list, manual or active */
  | { kind: "list_sync"; listId: string }
  /** T19: known records that a changed mapping or setting may touch */
  | { kind: "backfill"; object: SyncObject; states: ResyncState[] }
  /** T17: known records, all of an object or these */
  | {
      kind: "resync";
      object: SyncObject;
      states: ResyncState[];
      recordIds: string[] | null;
      /** Only those with an open error of one of these types, given by this side; absent or empty = whatever their errors */
      errorTypes?: ErrorType[];
      errorSide?: Side | null;
    };

export const JOB_KINDS = ["import_hubspot", "import_salesforce", "list_sync", "backfill", "resync", "preview"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** `preview`: reads and decides, writes nothing. With `previewId` a job takes exactly what that preview would write. */
export type JobParams = {
  request: JobRequest;
  previewId: string | null;
  /** Of a preview: the settings and mappings that it was made with, in short */
  basis?: string;
};

export const JOB_STATUSES = ["queued", "running", "done", "cancelled", "failed"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export function isOpen(status: JobStatus): boolean {
  return status === "queued" || status === "running";
}

/** The trigger code that the job's records show. */
export function triggerOf(request: JobRequest): string {
  if (request.kind === "backfill") return "T19";
  return request.kind === "list_sync" || request.kind === "resync" ? "T17" : "import";
}

/** A person waits for it: it may use what is kept of the call budget for manual syncs (spec Q1). */
export function usesReserve(request: JobRequest): boolean {
  return request.kind === "list_sync" || request.kind === "resync";
}
