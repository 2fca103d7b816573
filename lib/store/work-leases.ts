import { getDatabase } from "./client";

/** Takes the named work of a connection for `leaseMs`; null while another process holds it. */
export async function takeWorkLease(connectionId: string, name: string, leaseMs: number): Promise<bigint | null> {
  const rows = await getDatabase().$queryRaw<{ token: bigint }[]>`
    INSERT INTO work_lease AS w (connection_id, name, token, until)
    VALUES (${connectionId}::uuid, ${name}, nextval('lease_token_seq'), now() + ${leaseMs} * interval '1 millisecond')
    ON CONFLICT (connection_id, name) DO UPDATE SET token = EXCLUDED.token, until = EXCLUDED.until WHERE w.until < now()
    RETURNING token`;
  return rows[0]?.token ?? null;
}

/** false = the lease was lost meanwhile: its holder must stop. */
export async function renewWorkLease(
  connectionId: string,
  name: string,
  token: bigint,
  leaseMs: number,
): Promise<boolean> {
  const count = await getDatabase().$executeRaw`
    UPDATE work_lease SET until = now() + ${leaseMs} * interval '1 millisecond'
    WHERE connection_id = ${connectionId}::uuid AND name = ${name} AND token = ${token}`;
  return count > 0;
}

export async function releaseWorkLease(connectionId: string, name: string, token: bigint): Promise<void> {
  await getDatabase().$executeRaw`
    UPDATE work_lease SET until = now() - interval '1 second' WHERE connection_id = ${connectionId}::uuid AND name = ${name} AND token = ${token}`;
}
