import type { Run } from "@/lib/contracts/overview";
import type { RunDetail, RunList } from "@/lib/contracts/runs";
import type { SalesforceType } from "@/lib/decide/record-types";
import type { StoredRun } from "@/lib/store/overview-queries";
import { listRunEntries, listRunsBefore, readRun, type TimePlace } from "@/lib/store/run-queries";
import { labelChanges } from "./label-changes";

type Page = { before?: string | undefined; limit: number };

/** Newest first. An unreadable `before` starts at the beginning. */
export async function viewRuns(
  connectionId: string,
  query: Page & { kind?: Run["kind"] | undefined; status?: Run["status"] | undefined },
): Promise<RunList> {
  const { kind, status, limit } = query;
  const runs = await listRunsBefore(connectionId, { kind, status, limit, before: readPlace(query.before) });
  const shown = runs.slice(0, limit);
  const last = runs.length > limit ? shown.at(-1) : undefined;
  return { runs: shown.map(viewRun), next: last ? writePlace({ at: last.startedAt, id: last.id }) : null };
}

/** A run with one page of what it did to which record; null when there is no such run. */
export async function viewRunDetail(connectionId: string, id: string, page: Page): Promise<RunDetail | null> {
  const run = await readRun(connectionId, id);
  if (!run) return null;
  const found = await listRunEntries(connectionId, run, { before: readPlace(page.before), limit: page.limit });
  const shown = found.slice(0, page.limit);
  const last = found.length > page.limit ? shown.at(-1) : undefined;
  const changes = await labelChanges(
    connectionId,
    shown.map((entry) => ({ ...entry, salesforceType: entry.salesforceType as SalesforceType | null })),
  );
  return {
    run: viewRun(run),
    entries: shown.map(({ id: entryId, at, outcome, error, recordId, object, name }, index) => ({
      id: entryId,
      at: at.toISOString(),
      record: { id: recordId, object, name },
      outcome,
      error,
      changes: (changes[index] ?? []).map(({ mappingId: _, source: __, ...change }) => change),
    })),
    next: last ? writePlace(last) : null,
  };
}

export function viewRun(run: StoredRun): Run {
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

function writePlace({ at, id }: TimePlace): string {
  return `${at.toISOString()}_${id}`;
}

function readPlace(text: string | undefined): TimePlace | null {
  const [stamp = "", id = ""] = text?.split("_") ?? [];
  const at = new Date(stamp);
  return Number.isNaN(at.getTime()) || !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id) ? null : { at, id };
}
