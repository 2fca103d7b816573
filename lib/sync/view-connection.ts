import type { ConnectionView } from "@/lib/contracts/connection";
import type { ListProblemView } from "@/lib/contracts/lists";
import type { Side } from "@/lib/decide/record-types";
import { SETUP_STEPS } from "@/lib/decide/setup-steps";
import type { StoredConnection } from "@/lib/store/connections";
import { readLists } from "@/lib/store/inclusion-lists";
import { listPutAside } from "@/lib/store/put-aside";
import { readCurrentConnection } from "./current-connection";
import { viewBrake } from "./view-brake";

/** The connection as its page shows it. */
export async function viewConnection(): Promise<ConnectionView> {
  const connection = await readCurrentConnection();
  return {
    id: connection.id,
    ...viewStatus(connection),
    turnedOnAt: connection.turnedOnAt?.toISOString() ?? null,
    setupStep: SETUP_STEPS.find((step) => step === connection.setupStep) ?? null,
    hubspot: viewSide(connection, "hubspot"),
    salesforce: { ...viewSide(connection, "salesforce"), signInAt: hostOf(connection.salesforceLoginUrl) },
    putAside: await viewPutAside(),
    brake: await viewBrake(connection.id),
    problems: await viewListProblems(connection),
    settings: { ...connection.settings, version: connection.settingsVersion },
  };
}

/** G2: what is known of the lists that are chosen now; a list without a problem is not named. */
async function viewListProblems({ id, settings }: StoredConnection): Promise<ListProblemView[]> {
  return (await readLists(id)).flatMap(({ object, listId, name, problem }) => {
    if (problem === null || (object !== "contact" && object !== "company" && object !== "deal")) return [];
    if (settings.inclusionLists[object]?.listId !== listId) return [];
    return [{ type: "inclusion_list_unusable" as const, object, listId, name, why: problem }];
  });
}

async function viewPutAside(): Promise<ConnectionView["putAside"]> {
  const rows = await listPutAside();
  return rows.map(({ hubspot, salesforce, at }) => ({ hubspot, salesforce, at: at.toISOString() }));
}

function hostOf(url: string | null): string | null {
  return url === null ? null : new URL(url).host;
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
