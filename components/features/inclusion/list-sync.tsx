"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import { JobProgress } from "@/components/jobs/job-progress";
import { PreviewSummary } from "@/components/jobs/preview-summary";
import { useFollowedJobs } from "@/components/jobs/use-followed-job";
import { useStartPreview } from "@/components/jobs/use-start-job";
import { Button } from "@/components/ui/button";
import { meQuery } from "@/lib/browser/me-query";
import { useUrlParams } from "@/lib/browser/use-url-params";
import type { Job } from "@/lib/contracts/jobs";

const listOf = (job: Job) => (typeof job.request.listId === "string" ? job.request.listId : null);

/** *Sync the list now*: preview, then job; both are found again after a reload. */
export function ListSync({ listId, icon }: { listId: string; icon: ReactNode }) {
  const t = useTranslations("inclusion");
  const { data: me } = useQuery(meQuery);
  const client = useQueryClient();
  const { params, setParams } = useUrlParams();
  const jobId = useFollowedJobs(listOf).get(listId) ?? null;
  const preview = useStartPreview();
  const previewId = params.get("list") === listId ? params.get("preview") : null;
  const putAway = () => setParams({ list: null, preview: null });
  const readAgain = useCallback(() => void client.invalidateQueries({ queryKey: ["lists"] }), [client]);
  const sync = async () => {
    const id = await preview.start({ kind: "list_sync", listId });
    if (id) setParams({ list: listId, preview: id });
  };
  return (
    <div className="flex flex-col gap-3 border-line border-t pt-3">
      {previewId !== null ? (
        <PreviewSummary key={previewId} id={previewId} onStarted={putAway} onDone={readAgain} onClose={putAway} />
      ) : (
        <>
          {jobId !== null && <JobProgress key={jobId} id={jobId} onDone={readAgain} />}
          {me?.permissions.includes("sync") && (
            <Button size="sm" className="self-start" icon={icon} busy={preview.busy} onClick={() => void sync()}>
              {t("syncNow")}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
