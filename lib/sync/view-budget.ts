import type { BudgetView } from "@/lib/contracts/budget";
import { type CallReason, listUsage, readBudget, type UsageRow } from "@/lib/store/call-budget";
import type { StoredConnection } from "@/lib/store/connections";
import { readEventListener } from "@/lib/store/event-positions";
import { readCurrentConnection } from "./current-connection";

const HOUR_MS = 3_600_000;
/** The bucket that began 24 h ago still counts; it falls out when the hour is over. */
const COUNTED_HOURS = 25;

/** Q1: where the Salesforce calls of the last 24 h went, from our own tables: no call to Salesforce. */
export async function viewBudget(): Promise<BudgetView> {
  const connection = await readCurrentConnection();
  const [budget, rows] = await Promise.all([readBudget(connection.id), listUsage(connection.id)]);
  const { used, allocation, open, org } = budget;
  const waiting = open !== null && used >= open;
  return {
    used,
    allocation,
    isSet: connection.settings.salesforceDailyCalls !== null,
    reserved: allocation === null || open === null ? null : allocation - open,
    waiting,
    roomAt: waiting ? findRoomAt(rows) : null,
    org: org && { used: org.used, max: org.max, seenAt: org.seenAt.toISOString() },
    hours: listHours(rows),
    byReason: sumByReason(rows),
    byObject: sumByObject(rows),
    events: await viewEvents(connection),
  };
}

function findRoomAt(rows: UsageRow[]): string | null {
  const oldest = rows[0]?.hour;
  return oldest ? new Date(oldest.getTime() + COUNTED_HOURS * HOUR_MS).toISOString() : null;
}

/** Every hour of the window, those without calls too: a chart has no gaps. */
function listHours(rows: UsageRow[]): BudgetView["hours"] {
  const byHour = Map.groupBy(rows, (row) => row.hour.getTime());
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: COUNTED_HOURS }, (_, index) => {
    const at = now - (COUNTED_HOURS - 1 - index) * HOUR_MS;
    const own = byHour.get(at) ?? [];
    return { at: new Date(at).toISOString(), calls: sum(own), byReason: sumByReason(own) };
  });
}

function sumByReason(rows: UsageRow[]): BudgetView["byReason"] {
  const of = (reason: CallReason) => sum(rows.filter((row) => row.reason === reason));
  return { check: of("check"), sync: of("sync"), manual: of("manual"), job: of("job") };
}

function sumByObject(rows: UsageRow[]): BudgetView["byObject"] {
  const byObject = Map.groupBy(rows, (row) => row.object);
  return [...byObject]
    .map(([object, own]) => ({ object, calls: sum(own) }))
    .toSorted((a, b) => b.calls - a.calls || a.object.localeCompare(b.object));
}

function sum(rows: UsageRow[]): number {
  return rows.reduce((total, row) => total + row.calls, 0);
}

async function viewEvents(connection: StoredConnection): Promise<BudgetView["events"]> {
  const listener = await readEventListener(connection.id);
  if (!listener) return null;
  const { state, detail, retryAt, lastEventAt } = listener;
  return {
    state: connection.settings.salesforceEvents ? state : "off",
    detail,
    retryAt: retryAt?.toISOString() ?? null,
    lastEventAt: lastEventAt?.toISOString() ?? null,
  };
}
