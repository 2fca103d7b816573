"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Job } from "@/lib/contracts/jobs";
import { openJobsQuery } from "./job-queries";

/**
 * Ids of the jobs under way that `keyOf` gives a key, by that key, whoever started them. One that was seen here stays after
 * it has ended, so that everybody who watched sees what it came to.
 */
export function useFollowedJobs(keyOf: (job: Job) => string | null): ReadonlyMap<string, string> {
  const { data } = useQuery(openJobsQuery);
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map());
  const news = (data?.jobs ?? []).flatMap((job) => {
    const key = keyOf(job);
    return key !== null && seen.get(key) !== job.id ? [[key, job.id] as const] : [];
  });
  if (news.length > 0) {
    // Oldest last in the answer, newest wins.
    const next = new Map([...seen, ...news.reverse()]);
    if ([...next].some(([key, id]) => seen.get(key) !== id)) setSeen(next);
  }
  return seen;
}
