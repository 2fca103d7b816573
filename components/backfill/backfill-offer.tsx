"use client";

import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { openJobsQuery } from "@/components/jobs/job-queries";
import { useStartPreview } from "@/components/jobs/use-start-job";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { missingPart } from "@/components/ui/missing-part";
import type { MappedObject } from "@/lib/decide/record-types";
import { recordCountQuery } from "./record-count-query";
import { findBackfill, sumCounts } from "./tell-backfill";

const PreviewSummary = dynamic(() =>
  import("@/components/jobs/preview-summary").then((file) => file.PreviewSummary).catch(missingPart),
);
const JobProgress = dynamic(() =>
  import("@/components/jobs/job-progress").then((file) => file.JobProgress).catch(missingPart),
);

type BackfillOfferProps = {
  /** Whose records the change touches; those that are off are left out */
  objects: readonly MappedObject[];
  /** Something was saved that existing records do not follow by themselves */
  isOffered: boolean;
  /** The question, with how many records it is about: "295", "more than 10,000" */
  title: (count: string) => ReactNode;
  onClose: () => void;
};
type Chosen = { object: MappedObject; previewId: string };
type Started = { object: MappedObject; jobId: string };

/**
 * T19: a changed mapping or setting says nothing about records that stand still. It is offered to look at all of them,
 * first as a preview. A backfill under way is shown to whoever opens the page, also after a reload.
 */
export function BackfillOffer({ objects, isOffered, title, onClose }: BackfillOfferProps) {
  const t = useTranslations("backfill");
  const { data: open } = useQuery(openJobsQuery);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [started, setStarted] = useState<Started | null>(null);
  // One that was found running stays in sight when it ends, with what it came to.
  const running = findBackfill(open?.jobs ?? [], objects);
  if (running !== null && started === null) setStarted(running);
  if (started !== null) {
    return (
      <Running
        started={started}
        isRunning={running?.jobId === started.jobId}
        onClose={() => {
          setStarted(null);
          setChosen(null);
          if (objects.length === 1) onClose();
        }}
      />
    );
  }
  if (chosen !== null) {
    return (
      <Card className="mb-4 px-4 py-3" aria-label={t("previewTitle", { object: chosen.object })}>
        <p className="mb-1 font-medium text-sm">{t("previewTitle", { object: chosen.object })}</p>
        <PreviewSummary
          id={chosen.previewId}
          onStarted={(job) => {
            setStarted({ object: chosen.object, jobId: job.id });
            // What is being filled is offered no more, also to whoever loads the page anew.
            if (objects.length === 1) onClose();
          }}
          onClose={() => setChosen(null)}
        />
      </Card>
    );
  }
  return isOffered && <Offer objects={objects} title={title} onChoose={setChosen} onClose={onClose} />;
}

type OfferProps = Pick<BackfillOfferProps, "objects" | "title" | "onClose"> & { onChoose: (chosen: Chosen) => void };

function Offer({ objects, title, onChoose, onClose }: OfferProps) {
  const t = useTranslations("backfill");
  const counts = useQueries({ queries: objects.map(recordCountQuery) });
  const preview = useStartPreview();
  const { count, isMore } = sumCounts(counts.map(({ data }) => data));
  const choose = async (object: MappedObject) => {
    const previewId = await preview.start({ kind: "backfill", object });
    if (previewId !== null) onChoose({ object, previewId });
  };
  if (count === 0) return null;
  return (
    <Banner
      tone="info"
      className="mb-4"
      title={title(t("records", { count, isMore: isMore ? "yes" : "no" }))}
      actions={
        <>
          {objects.map((object) => (
            <Button key={object} size="sm" busy={preview.busy} onClick={() => void choose(object)}>
              {objects.length === 1 ? t("preview") : t("previewOf", { object })}
            </Button>
          ))}
          <Button size="sm" variant="ghost" onClick={onClose}>
            {t("notNow")}
          </Button>
        </>
      }
    >
      {t("text")}
    </Banner>
  );
}

type RunningProps = { started: Started; isRunning: boolean; onClose: () => void };

function Running({ started: { object, jobId }, isRunning, onClose }: RunningProps) {
  const t = useTranslations("backfill");
  const client = useQueryClient();
  return (
    <Card className="mb-4 flex items-start gap-2 px-4 py-3" aria-label={t("running", { object })}>
      <div className="min-w-0 flex-1">
        <p className="mb-1 font-medium text-sm">{t("running", { object })}</p>
        <JobProgress id={jobId} onDone={() => void client.invalidateQueries({ queryKey: ["records"] })} />
      </div>
      {!isRunning && (
        <IconButton label={t("close")} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      )}
    </Card>
  );
}
