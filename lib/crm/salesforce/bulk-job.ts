import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type BulkWatch, CrmCallError } from "../face";
import type { CallSalesforce } from "./call";
import type { CallCsv } from "./call-csv";
import type { SalesforcePaths } from "./paths";

/** Rows above which Bulk API 2.0 is cheaper than any other call (spec Q2). */
export const BULK_ABOVE = 2_000;

/** What the functions of bulk jobs need. */
export type Bulk = { call: CallSalesforce; callCsv: CallCsv; paths: SalesforcePaths; watch: BulkWatch | undefined };

export const bulkJobSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  errorMessage: z.string().nullish(),
});
export type BulkJobInfo = z.infer<typeof bulkJobSchema>;

/** Each look is a call: the waits grow, so that a job of minutes costs some twenty of them. */
const FIRST_WAIT_MS = 250;
const GROWTH = 1.6;
const LONGEST_WAIT_MS = 15_000;
/** A look that got no answer says nothing about the job; so many in a row, and it is given up. */
const MOST_LOST_LOOKS = 4;

const ENDED = ["JobComplete", "Failed", "Aborted"];

export function isEnded(job: BulkJobInfo): boolean {
  return ENDED.includes(job.state);
}

/** Looks at a job until it has ended or `patienceMs` are over; answers what it said last. */
export async function waitForJob(
  call: CallSalesforce,
  path: string,
  patienceMs: number,
  onLook: () => Promise<void> = async () => {},
): Promise<BulkJobInfo> {
  const giveUpAt = Date.now() + patienceMs;
  let waitMs = FIRST_WAIT_MS;
  let lost = 0;
  for (;;) {
    await sleep(Math.min(waitMs, Math.max(0, giveUpAt - Date.now())));
    waitMs = Math.min(waitMs * GROWTH, LONGEST_WAIT_MS);
    await onLook();
    try {
      const job = await call({ method: "GET", path, isWrite: false, reply: bulkJobSchema });
      lost = 0;
      if (isEnded(job) || Date.now() >= giveUpAt) return job;
    } catch (error) {
      lost += 1;
      if (!(error instanceof CrmCallError) || !isPassing(error) || lost >= MOST_LOST_LOOKS) throw error;
    }
  }
}

function isPassing({ failure }: CrmCallError): boolean {
  return failure.status === 0 || failure.status >= 500;
}

/** Stops a job; one that has ended meanwhile stays as it ended. Throws CrmCallError when nobody answers. */
export async function abortJob(call: CallSalesforce, path: string): Promise<void> {
  try {
    await call({ method: "PATCH", path, body: { state: "Aborted" }, isWrite: false, reply: bulkJobSchema });
  } catch (error) {
    const isOver = error instanceof CrmCallError && (error.failure.status === 400 || error.failure.status === 404);
    if (!isOver) throw error;
  }
}
