import type { ConnectionView } from "@/lib/contracts/connection";
import type { Side } from "@/lib/decide/record-types";
import type { StoredConnection } from "@/lib/store/connections";
import { readCurrentConnection } from "./current-connection";

/** The connection as its page shows it. */
export async function viewConnection(): Promise<ConnectionView> {
  const connection = await readCurrentConnection();
  return {
    id: connection.id,
    ...viewStatus(connection),
    hubspot: viewSide(connection, "hubspot"),
    salesforce: viewSide(connection, "salesforce"),
    settings: { ...connection.settings, version: connection.settingsVersion },
  };
}

export function viewStatus(
  connection: StoredConnection,
): Pick<ConnectionView, "status" | "suspendedReason" | "suspendedSide" | "suspendedDetail"> {
  return {
    status: connection.status,
    suspendedReason: connection.suspended?.reason ?? null,
    suspendedSide: connection.suspended?.side ?? null,
    suspendedDetail: connection.suspended?.detail ?? null,
  };
}

function viewSide(connection: StoredConnection, side: Side): ConnectionView[Side] {
  const account = connection.accounts[side];
  return {
    connected: account !== null,
    name: account?.name ?? null,
    id: account?.id ?? null,
    userName: account?.userName ?? null,
    connectedAt: account?.connectedAt.toISOString() ?? null,
    missingIdFields: account ? (connection.capabilities[side]?.missing ?? []) : [],
  };
}
