"use client";

import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import { meQuery } from "@/lib/browser/me-query";
import type { Job, Preview } from "@/lib/contracts/jobs";
import { countWrites } from "./tell-preview";
import { useStartJob } from "./use-start-job";

/** The records are looked through by few; the list comes when it is asked for. */
const PreviewRecords = dynamic(
  () => import("./preview-records").then((file) => file.PreviewRecords).catch(missingPart),
  {
    ssr: false,
    loading: () => <Skeleton className="h-24 w-full" />,
  },
);

type PreviewActionsProps = {
  preview: Preview;
  /** null: only to look at */
  onStarted: ((job: Job) => void) | null;
  onClose: (() => void) | undefined;
};

/** *Carry out*, *Show records*, *Put away*. */
export function PreviewActions({ preview, onStarted, onClose }: PreviewActionsProps) {
  const t = useTranslations("jobs.preview");
  const { data: me } = useQuery(meQuery);
  const { start, busy } = useStartJob();
  const [open, setOpen] = useState(false);
  const writes = countWrites(preview);
  const carryOut = async () => {
    const [job] = (await start({ previewId: preview.id })) ?? [];
    if (job) onStarted?.(job);
  };
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {onStarted && writes > 0 && me?.permissions.includes("sync") && (
          <Button variant="primary" size="sm" busy={busy} icon={<Play aria-hidden />} onClick={() => void carryOut()}>
            {t("carryOut", { count: writes })}
          </Button>
        )}
        {preview.progress.done > 0 && (
          <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t("hideRecords") : t("showRecords")}
          </Button>
        )}
        {onClose && (
          <Button size="sm" variant="ghost" onClick={onClose}>
            {t("putAway")}
          </Button>
        )}
      </div>
      {open && <PreviewRecords preview={preview} />}
    </>
  );
}
