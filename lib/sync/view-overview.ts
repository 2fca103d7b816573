import type { Overview, Run } from "@/lib/contracts/overview";
import type { Side } from "@/lib/decide/record-types";
import type { StoredConnection } from "@/lib/store/connections";
import {
  isCheckRunning,
  listRuns,
  readLag,
  readLastDay,
  readTopErrors,
  type StoredRun,
} from "@/lib/store/overview-queries";
import { countStates } from "@/lib/store/record-queries";
import { readCurrentConnection } from "./current-connection";
import { viewStatus } from "./view-connection";

const RUNS_SHOWN = 20;
const ERRORS_SHOWN = 5;

/** Everything on the overview page, from our own tables: no call to a CRM. */
export async function viewOverview(): Promise<Overview> {
  const connection = await readCurrentConnection();
  const { id } = connection;
  const [counts, day, lag, runs, topErrors, checkRunning] = await Promise.all([
    countStates(id, "contact"),
    readLastDay(id),
    readLag(id),
    listRuns(id, RUNS_SHOWN),
    readTopErrors(id, ERRORS_SHOWN),
    isCheckRunning(id),
  ]);
  return {
    connection: {
      ...viewStatus(connection),
      hubspot: viewEnd(connection, "hubspot"),
      salesforce: viewEnd(connection, "salesforce"),
    },
    counts,
    lastCheckAt: connection.lastCheckAt?.toISOString() ?? null,
    nextCheckAt: connection.nextCheckAt?.toISOString() ?? null,
    checkRunning,
    checkEveryMinutes: connection.settings.checkEveryMinutes,
    lag,
    hours: day.hours.map((hour) => ({ ...hour, at: hour.at.toISOString() })),
    calls24h: day.calls,
    runs: runs.map(viewRun),
    topErrors,
  };
}

function viewEnd(connection: StoredConnection, side: Side): Overview["connection"][Side] {
  const account = connection.accounts[side];
  return { connected: account !== null, name: account?.name ?? null, id: account?.id ?? null };
}

function viewRun(run: StoredRun): Run {
  return {
    id: run.id,
    kind: run.kind,
    by: run.by,
    status: run.status,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    due: run.due,
    synced: run.synced,
    created: run.created,
    updatedHubspot: run.updatedHubspot,
    updatedSalesforce: run.updatedSalesforce,
    unchanged: run.unchanged,
    failed: run.failed,
    excluded: run.excluded,
    calls: { hubspot: run.callsHubspot, salesforce: run.callsSalesforce },
    message: run.message,
  };
}
