"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useStartJob } from "@/components/jobs/use-start-job";
import type { RecordList } from "@/lib/contracts/records";

/**
 * *Sync now* for ticked rows: starts the job and shows its rows as due before the list is read again. Answers the ids of
 * the jobs; null when it was refused, which is told in a toast, and everything stays as it was.
 */
export function useBulkSync() {
  const client = useQueryClient();
  const { start, busy } = useStartJob();
  const sync = async (ids: ReadonlySet<string>): Promise<string[] | null> => {
    const jobs = await start({ recordIds: [...ids] });
    if (!jobs) return null;
    client.setQueriesData<InfiniteData<RecordList>>({ queryKey: ["records", "list"] }, (list) => showAsDue(list, ids));
    return jobs.map((job) => job.id);
  };
  return { sync, busy };
}

function showAsDue(list: InfiniteData<RecordList> | undefined, ids: ReadonlySet<string>) {
  // The counts of reasons stand under the same key and have no pages.
  if (!list?.pages) return list;
  const pages = list.pages.map((page) => ({
    ...page,
    rows: page.rows.map((row) =>
      ids.has(row.id) && row.state !== "syncing" ? { ...row, state: "due" as const } : row,
    ),
  }));
  return { ...list, pages };
}
