import { getDatabase } from "@/lib/store/client";

/** As when two minutes have gone by since a process died: its leases on records and on work have run out. */
export async function endLeases(): Promise<void> {
  const database = getDatabase();
  await database.$executeRaw`UPDATE sync_record SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`;
  await database.$executeRaw`UPDATE work_lease SET until = now() - interval '1 second'`;
}
