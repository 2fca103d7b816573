import type { History, ObjectGroup, Overview } from "@/lib/contracts/overview";
import { isObjectOn } from "@/lib/decide/objects-on";
import { type Side, SYNC_OBJECTS, type SyncObject } from "@/lib/decide/record-types";
import type { StoredConnection } from "@/lib/store/connections";
import {
  isCheckRunning,
  listRuns,
  readHourlyLag,
  readLag,
  readLastDay,
  readTopErrors,
} from "@/lib/store/overview-queries";
import { countStatesByObject, readStateCounts, sumStates } from "@/lib/store/state-counts";
import { readCurrentConnection } from "./current-connection";
import { viewStatus } from "./view-connection";
import { viewRun } from "./view-runs";

const RUNS_SHOWN = 20;
const ERRORS_SHOWN = 5;

const GROUPS: Record<ObjectGroup, readonly SyncObject[]> = {
  contact: ["contact"],
  company: ["company"],
  deal: ["deal"],
  activity: SYNC_OBJECTS.filter((object) => !["contact", "company", "deal"].includes(object)),
};

/** Everything on the overview page, from our own tables: no call to a CRM. */
export async function viewOverview(): Promise<Overview> {
  const connection = await readCurrentConnection();
  const { id } = connection;
  const [states, day, lag, runs, topErrors, checkRunning] = await Promise.all([
    countStatesByObject(id),
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
    counts: sumStates([...states.values()]),
    objects: (Object.keys(GROUPS) as ObjectGroup[]).map((group) => ({
      object: group,
      on: GROUPS[group].some((object) => isObjectOn(object, connection.settings)),
      counts: sumStates(GROUPS[group].flatMap((object) => states.get(object) ?? [])),
    })),
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

/** How the records of a group stood over the last `days`, the present last; and the lag of the last 24 hours. */
export async function viewHistory(group: ObjectGroup, days: number): Promise<History> {
  const { id } = await readCurrentConnection();
  const [noted, states, lag] = await Promise.all([
    readStateCounts(id, GROUPS[group], days),
    countStatesByObject(id),
    readHourlyLag(id),
  ]);
  const now = sumStates(GROUPS[group].flatMap((object) => states.get(object) ?? []));
  return {
    states: [
      ...noted.map((point) => ({ ...point, at: point.at.toISOString() })),
      {
        at: new Date().toISOString(),
        inSync: now.in_sync,
        due: now.due + now.syncing + now.paused,
        failing: now.failing,
        excluded: now.excluded,
      },
    ],
    lag: lag.map((hour) => ({ ...hour, at: hour.at.toISOString() })),
  };
}

function viewEnd(connection: StoredConnection, side: Side): Overview["connection"][Side] {
  const account = connection.accounts[side];
  return { connected: account !== null, name: account?.name ?? null, id: account?.id ?? null };
}
