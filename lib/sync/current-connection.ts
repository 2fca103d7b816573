import { findConnection, listActiveConnections, type StoredConnection } from "@/lib/store/connections";

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
