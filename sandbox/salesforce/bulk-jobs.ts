import { badRequest, notFound } from "./errors";
import { makeId } from "./ids";

/** What clients send as `columnDelimiter`, and the character that it means. */
export const DELIMITERS: Record<string, string> = {
  BACKQUOTE: "`",
  CARET: "^",
  COMMA: ",",
  PIPE: "|",
  SEMICOLON: ";",
  TAB: "\t",
};
export type JobState = "Open" | "UploadComplete" | "InProgress" | "JobComplete" | "Failed" | "Aborted";

type JobBase = {
  id: string;
  object: string;
  state: JobState;
  userId: string;
  version: string;
  client?: string | undefined;
  createdAt: number;
  changedAt: number;
  lineEnding: "LF" | "CRLF";
  columnDelimiter: string;
  processed: number;
  failed: number;
  processingMs: number;
  errorMessage?: string | undefined;
};
/** `header` and `rows` = the uploaded CSV; results keep the number of the input row. */
export type IngestJob = JobBase & {
  kind: "ingest";
  operation: "insert" | "update" | "upsert" | "delete" | "hardDelete";
  externalIdFieldName?: string | undefined;
  autoAssign: boolean;
  csv?: string | undefined;
  header: string[];
  rows: string[][];
  succeeded: { row: number; id: string; created: boolean }[];
  refused: { row: number; id: string; error: string }[];
};
export type QueryJob = JobBase & { kind: "query"; operation: "query" | "queryAll"; query: string; ids: string[] };
export type BulkJob = IngestJob | QueryJob;

/** How long a job stays in each state: ms before work starts, and before each chunk of so many records. */
export type BulkPace = { startMs: number; chunkMs: number; chunkSize: number };
const PACE: BulkPace = { startMs: 50, chunkMs: 0, chunkSize: 200 };
/** Jobs and their results are kept for 7 days (wire.md B.2.6). */
const KEPT_MS = 7 * 86_400_000;
/** More than these would only fill the memory; the real service counts days, not jobs. */
const KEPT_JOBS = 500;

/** The bulk jobs of an organisation. They live in memory only: a restart forgets them. */
export class BulkJobs {
  private jobs = new Map<string, BulkJob>();
  private counter = 0;
  pace: BulkPace = { ...PACE };

  constructor(private readonly now: () => number) {}

  clear(): void {
    for (const job of this.jobs.values()) if (job.state !== "JobComplete") job.state = "Aborted";
    this.jobs.clear();
    this.pace = { ...PACE };
  }

  nextId(): string {
    return makeId("750", ++this.counter);
  }

  add(job: BulkJob): void {
    this.jobs.set(job.id, job);
    for (const old of this.jobs.values()) {
      if (this.jobs.size <= KEPT_JOBS && this.now() - old.createdAt <= KEPT_MS) break;
      this.jobs.delete(old.id);
    }
  }

  /** Throws 404 NOT_FOUND for an unknown, forgotten or other kind of job. */
  find<K extends BulkJob["kind"]>(kind: K, id: string): Extract<BulkJob, { kind: K }> {
    const job = [...this.jobs.values()].find((known) => known.id === id || known.id.slice(0, 15) === id);
    if (job?.kind !== kind || this.now() - job.createdAt > KEPT_MS) throw notFound();
    return job as Extract<BulkJob, { kind: K }>;
  }

  list<K extends BulkJob["kind"]>(kind: K): Extract<BulkJob, { kind: K }>[] {
    return [...this.jobs.values()].filter((job): job is Extract<BulkJob, { kind: K }> => job.kind === kind);
  }

  remove(job: BulkJob): void {
    if (job.state === "Open" || job.state === "InProgress") {
      throw badRequest("INVALIDJOBSTATE", `Job ${job.id} in state ${job.state} can not be deleted`);
    }
    this.jobs.delete(job.id);
  }

  /** Jobs of this kind started in the last 24 h: what the daily limits count. */
  countToday(kind: BulkJob["kind"]): number {
    const since = this.now() - 86_400_000;
    return this.list(kind).filter((job) => job.createdAt > since).length;
  }

  moveTo(job: BulkJob, state: JobState): void {
    job.state = state;
    job.changedAt = this.now();
  }
}
