import { findConnection, listActiveConnections, readConnection, type StoredConnection } from "@/lib/store/connections";
import { listConnectionsWithJobs } from "@/lib/store/jobs";
import { countRemaining } from "@/lib/store/record-marks";
import { hasWakeUps } from "@/lib/store/wake-ups";

/** The one connection of this version; made at the first call. */
export async function readCurrentConnection(): Promise<StoredConnection> {
  return findConnection();
}

export async function readCurrentConnectionId(): Promise<string> {
  return (await findConnection()).id;
}

export async function listActiveConnectionIds(): Promise<string[]> {
  return (await listActiveConnections()).map((connection) => connection.id);
}

/** Connections with work that people asked for: before syncing is turned on, a preview may be. */
export async function listConnectionIdsWithJobs(): Promise<string[]> {
  return listConnectionsWithJobs();
}

/** Active connections whose check is due, or that hold records or names of records which can be worked off now. */
export async function listWaitingConnectionIds(): Promise<string[]> {
  const waiting: string[] = [];
  for (const { id, nextCheckAt } of await listActiveConnections()) {
    const checkIsDue = nextCheckAt === null || nextCheckAt.getTime() <= Date.now();
    if (checkIsDue || (await hasWakeUps(id)) || (await countRemaining(id)) > 0) waiting.push(id);
  }
  return waiting;
}

export async function isCheckDue(connectionId: string): Promise<boolean> {
  const connection = await readConnection(connectionId);
  if (connection?.status !== "active") return false;
  return connection.nextCheckAt === null || connection.nextCheckAt.getTime() <= Date.now();
}
