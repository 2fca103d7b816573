"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { JobProgress } from "@/components/jobs/job-progress";
import { openJobsQuery } from "@/components/jobs/job-queries";
import { useJobName } from "@/components/jobs/use-job-words";
import { IconButton } from "@/components/ui/icon-button";
import type { Job } from "@/lib/contracts/jobs";
import type { ListedObject } from "./record-filters";

type JobStripProps = { object: ListedObject; jobIds: readonly string[]; onPutAway: (id: string) => void };

/** Syncs of chosen rows that run now, also after a reload and for other people, and the ends of those started here. */
export function JobStrip({ object, jobIds, onPutAway }: JobStripProps) {
  const t = useTranslations("records.bulk");
  const client = useQueryClient();
  const name = useJobName();
  const { data } = useQuery(openJobsQuery);
  const open = (data?.jobs ?? []).filter((job) => isOfRows(job, object));
  const ids = [...new Set([...jobIds, ...open.map((job) => job.id)])];
  if (ids.length === 0) return null;
  const readAgain = () => void client.invalidateQueries({ queryKey: ["records"] });
  return (
    <ul aria-label={t("jobs")} className="divide-y divide-line border-line border-t bg-surface">
      {ids.map((id) => {
        const job = open.find((one) => one.id === id);
        return (
          <li key={id} className="flex items-start gap-3 px-4 py-2 sm:px-6">
            <div className="min-w-0 flex-1">
              {job && <p className="font-medium text-ink-faint text-xs">{name(job)}</p>}
              <JobProgress id={id} onDone={readAgain} />
            </div>
            {!job && (
              <IconButton size="sm" label={t("putAway")} onClick={() => onPutAway(id)}>
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Chosen rows of this object; a resync of all of them stands on the page of runs. */
function isOfRows({ kind, request }: Job, object: ListedObject): boolean {
  return kind === "resync" && request.object === object && typeof request.records === "number";
}
