import type { Job } from "@/lib/contracts/jobs";
import type { MappedObject } from "@/lib/decide/record-types";

/** A backfill of one of these objects that is under way, the newest first; null = none. */
export function findBackfill(
  jobs: readonly Pick<Job, "id" | "kind" | "request">[],
  objects: readonly MappedObject[],
): { object: MappedObject; jobId: string } | null {
  for (const { id, kind, request } of jobs) {
    const object = objects.find((one) => one === request.object);
    if (kind === "backfill" && object) return { object, jobId: id };
  }
  return null;
}

/** The API counts up to 10,000; one more stands for "more". */
const COUNTED = 10_000;

/** Records of several objects together; objects still being counted are left out. */
export function sumCounts(counts: readonly (number | undefined)[]): { count: number; isMore: boolean } {
  const known = counts.filter((count) => count !== undefined);
  return {
    count: known.reduce((sum, count) => sum + Math.min(count, COUNTED), 0),
    isMore: known.some((count) => count > COUNTED),
  };
}
