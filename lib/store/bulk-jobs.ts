import { getDatabase } from "./client";

/** Notes a bulk job before Salesforce begins with it, so that it can be stopped should its process die. */
export async function noteBulkJob(connectionId: string, id: string): Promise<void> {
  await getDatabase().bulkJob.create({ data: { connectionId, id } });
}

/** Its process still watches it. */
export async function touchBulkJob(connectionId: string, id: string): Promise<void> {
  await getDatabase().bulkJob.updateMany({ where: { connectionId, id }, data: { seenAt: new Date() } });
}

export async function forgetBulkJob(connectionId: string, id: string): Promise<void> {
  await getDatabase().bulkJob.deleteMany({ where: { connectionId, id } });
}

/** Jobs that nobody has watched for `silentMs`. */
export async function listDeadBulkJobs(connectionId: string, silentMs: number): Promise<string[]> {
  const rows = await getDatabase().bulkJob.findMany({
    where: { connectionId, seenAt: { lt: new Date(Date.now() - silentMs) } },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}
