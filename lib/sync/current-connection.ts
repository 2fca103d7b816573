import { findConnection, listActiveConnections, type StoredConnection } from "@/lib/store/connections";
import { countRemaining } from "@/lib/store/record-marks";

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

/** Active connections whose check is due, or that hold records which can be worked off now. */
export async function listWaitingConnectionIds(): Promise<string[]> {
  const waiting: string[] = [];
  for (const { id, nextCheckAt } of await listActiveConnections()) {
    const checkIsDue = nextCheckAt === null || nextCheckAt.getTime() <= Date.now();
    if (checkIsDue || (await countRemaining(id)) > 0) waiting.push(id);
  }
  return waiting;
}
