"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useStartJob } from "@/components/jobs/use-start-job";
import type { RecordList } from "@/lib/contracts/records";

/**
 * *Sync now* for ticked rows: starts the job and shows its rows as due before the list is read again. `jobIds`: jobs that
 * were started here. Refusals are told in a toast, and everything stays as it was.
 */
export function useBulkSync() {
  const client = useQueryClient();
  const { start, busy } = useStartJob();
  const [jobIds, setJobIds] = useState<readonly string[]>([]);
  const sync = async (ids: ReadonlySet<string>): Promise<boolean> => {
    const jobs = await start({ recordIds: [...ids] });
    if (!jobs) return false;
    setJobIds((known) => [...new Set([...known, ...jobs.map((job) => job.id)])]);
    client.setQueriesData<InfiniteData<RecordList>>({ queryKey: ["records", "list"] }, (list) => showAsDue(list, ids));
    return true;
  };
  const putAway = (id: string) => setJobIds((known) => known.filter((one) => one !== id));
  return { sync, busy, jobIds, putAway };
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
