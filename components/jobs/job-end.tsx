"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, CircleSlash } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import { TONE_TEXT } from "@/components/ui/tone";
import type { Job } from "@/lib/contracts/jobs";
import { listOutcomes, readProgress } from "./tell-progress";
import { useJobProblemWords } from "./use-job-words";

const LOOK = {
  done: { icon: CircleCheck, tone: "ok" },
  cancelled: { icon: CircleSlash, tone: "mute" },
  failed: { icon: CircleAlert, tone: "fail" },
} as const;

/** What a job that has ended came to: counts with links, who cancelled it, or why it failed and the cure. */
export function JobEnd({ job }: { job: Job }) {
  const t = useTranslations("jobs.end");
  const problem = useJobProblemWords()(job);
  const status = job.status === "cancelled" || job.status === "failed" ? job.status : "done";
  const { icon: Icon, tone } = LOOK[status];
  const { done, total } = readProgress(job);
  const text = {
    done: t("done"),
    cancelled: t("cancelled", { by: job.cancelledBy ?? "none", done, total: total ?? done }),
    failed: problem?.title ?? t("failed"),
  }[status];
  return (
    <div role="status" className="flex items-start gap-2 text-sm">
      <Icon className={clsx("mt-0.5 size-4 shrink-0", TONE_TEXT[tone])} aria-hidden />
      <div className="min-w-0">
        <p>
          <span className="font-medium">{text}</span>
          {job.finishedAt !== null && <RelativeTime at={job.finishedAt} className="ml-2 text-ink-faint text-xs" />}
        </p>
        {status === "failed" && problem && <p className="text-ink-soft text-xs">{problem.cure}</p>}
        <Outcomes job={job} />
      </div>
    </div>
  );
}

function Outcomes({ job }: { job: Job }) {
  const t = useTranslations("jobs.end");
  const outcomes = listOutcomes(job);
  if (outcomes.length === 0) return <p className="text-ink-soft text-xs">{t("nothing")}</p>;
  return (
    <ul className="flex flex-wrap gap-x-3 text-ink-soft text-xs tabular-nums">
      {outcomes.map(({ kind, count }) => (
        <li key={kind}>
          {kind === "failed" ? (
            <Link href="/health" className="font-medium text-fail underline underline-offset-2">
              {t("outcomes.failed", { count })}
            </Link>
          ) : (
            t(`outcomes.${kind}`, { count })
          )}
        </li>
      ))}
    </ul>
  );
}
