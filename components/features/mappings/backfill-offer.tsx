"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { openJobsQuery } from "@/components/jobs/job-queries";
import { useStartPreview } from "@/components/jobs/use-start-job";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import type { MappedObject } from "@/lib/decide/record-types";
import { recordCountQuery } from "./mappings-queries";
import { findBackfill } from "./tell-backfill";

const PreviewSummary = dynamic(() => import("@/components/jobs/preview-summary").then((file) => file.PreviewSummary));
const JobProgress = dynamic(() => import("@/components/jobs/job-progress").then((file) => file.JobProgress));

type BackfillOfferProps = {
  object: MappedObject;
  /** Names of the mappings that were changed since the page was opened; none = nothing is offered */
  changed: string[];
  onClose: () => void;
};

/**
 * T19: a changed mapping says nothing about records that stand still. It is offered to look at all of them, first as a
 * preview. A backfill under way is shown to whoever opens the page, also after a reload.
 */
export function BackfillOffer({ object, changed, onClose }: BackfillOfferProps) {
  const t = useTranslations("mappings.backfill");
  const client = useQueryClient();
  const { data: open } = useQuery(openJobsQuery);
  const { data: count } = useQuery({ ...recordCountQuery(object), enabled: changed.length > 0 });
  const [previewId, setPreviewId] = useState<string | null>(null);
  const [startedId, setStartedId] = useState<string | null>(null);
  const preview = useStartPreview();
  const close = () => {
    setPreviewId(null);
    setStartedId(null);
    onClose();
  };
  // One that was found running stays in sight when it ends, with what it came to.
  const running = findBackfill(open?.jobs ?? [], object);
  if (running !== null && startedId === null) setStartedId(running);
  if (startedId !== null) {
    return (
      <Card className="mb-4 flex items-start gap-2 px-4 py-3" aria-label={t("running", { object })}>
        <div className="min-w-0 flex-1">
          <p className="mb-1 font-medium text-sm">{t("running", { object })}</p>
          <JobProgress id={startedId} onDone={() => void client.invalidateQueries({ queryKey: ["records"] })} />
        </div>
        {running !== startedId && (
          <IconButton label={t("close")} onClick={close}>
            <X aria-hidden />
          </IconButton>
        )}
      </Card>
    );
  }
  if (previewId !== null) {
    return (
      <Card className="mb-4 px-4 py-3" aria-label={t("previewTitle")}>
        <p className="mb-1 font-medium text-sm">{t("previewTitle")}</p>
        <PreviewSummary id={previewId} onStarted={(job) => setStartedId(job.id)} onClose={close} />
      </Card>
    );
  }
  const [first] = changed;
  if (first === undefined || count === undefined || count === 0) return null;
  return (
    <Banner
      tone="info"
      className="mb-4"
      title={t("title", { name: first, more: changed.length - 1, count, isMore: count > 10_000 ? "yes" : "no" })}
      actions={
        <>
          <Button
            size="sm"
            busy={preview.busy}
            onClick={() => void preview.start({ kind: "backfill", object }).then(setPreviewId)}
          >
            {t("preview")}
          </Button>
          <Button size="sm" variant="ghost" onClick={close}>
            {t("notNow")}
          </Button>
        </>
      }
    >
      {t("text")}
    </Banner>
  );
}
