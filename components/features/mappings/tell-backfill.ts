import type { Job } from "@/lib/contracts/jobs";
import type { MappedObject } from "@/lib/decide/record-types";

/** The id of a backfill of this object that is under way, the newest first; null = none. */
export function findBackfill(
  jobs: readonly Pick<Job, "id" | "kind" | "request">[],
  object: MappedObject,
): string | null {
  return jobs.find((job) => job.kind === "backfill" && job.request.object === object)?.id ?? null;
}
