import type { ImportDates, JobRequest, JobStatus } from "@/lib/decide/job-request";
import { countItems, type ItemCounts } from "@/lib/store/job-items";
import { createJob, readJob, type StoredJob } from "@/lib/store/jobs";
import { advanceJob } from "../advance-job";
import type { SyncWorld } from "./world";

export const ANY_TIME: ImportDates = { createdFrom: null, createdTo: null, modifiedFrom: null };

/** A job in the queue; answers its id. */
export async function queueJob(
  world: SyncWorld,
  request: JobRequest,
  previewId: string | null = null,
  kind: StoredJob["kind"] = request.kind,
): Promise<string> {
  const params = { request, previewId };
  return (await createJob(world.connectionId, { kind, params, by: "ops@example.com" })).id;
}

export type JobEnd = { end: JobStatus | "held" | "waits"; job: StoredJob; counts: ItemCounts };

/** Goes on with a job in this process for `ms` at most. */
export async function advance(world: SyncWorld, jobId: string, ms = 30_000): Promise<JobEnd> {
  const end = await advanceJob(world.connectionId, jobId, Date.now() + ms);
  return { end, ...(await readBooks(world, jobId)) };
}

export async function readBooks(world: SyncWorld, jobId: string): Promise<Omit<JobEnd, "end">> {
  const job = await readJob(world.connectionId, jobId);
  if (!job) throw new Error(`There is no job ${jobId}`);
  return { job, counts: await countItems(world.connectionId, jobId) };
}

/** Contacts that only HubSpot has, 100 a call; answers their ids. */
export async function makeContacts(world: SyncWorld, count: number, tag: string): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < count; start += 100) {
    const inputs = Array.from({ length: Math.min(100, count - start) }, (_, i) => ({
      properties: {
        email: `${tag}.${start + i}@example.com`,
        firstname: `First${start + i}`,
        lastname: `Last${start + i}`,
        company: `Company ${tag}`,
      },
    }));
    const made = await world.door("hubspot", "POST", "/crm/v3/objects/contacts/batch/create", { inputs });
    ids.push(...(made.results as { id: string }[]).map((result) => result.id));
  }
  return ids;
}

/** Leads that only Salesforce has, 200 a call; answers their ids. */
export async function makeLeads(world: SyncWorld, count: number, tag: string): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < count; start += 200) {
    const records = Array.from({ length: Math.min(200, count - start) }, (_, i) => ({
      attributes: { type: "Lead" },
      FirstName: `First${start + i}`,
      LastName: `Last${start + i}`,
      Company: `Company "${tag}", Ltd`,
      Email: `${tag}.${start + i}@example.com`,
    }));
    const body = { allOrNone: false, records };
    const made = await world.door("salesforce", "POST", "/services/data/v67.0/composite/sobjects", body);
    ids.push(...(made as unknown as { id: string }[]).map((result) => result.id));
  }
  return ids;
}
