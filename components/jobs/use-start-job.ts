"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { AskedJob, Job } from "@/lib/contracts/jobs";
import { jobQuery, openJobsQuery, previewQuery } from "./job-queries";
import { isSameWork } from "./tell-progress";

const loadJob = () => import("@/lib/contracts/jobs").then((file) => file.jobSchema);
const loadStarted = () => import("@/lib/contracts/jobs").then((file) => file.jobsStartedSchema);
const loadPreview = () => import("@/lib/contracts/jobs").then((file) => file.previewSchema);

/** A request, a preview to carry out, or up to 1,000 of our record ids (a job for each object among them). */
type JobToStart = { request: AskedJob } | { previewId: string } | { recordIds: readonly string[] };

async function sendStart(wish: JobToStart): Promise<Job[]> {
  if ("recordIds" in wish) {
    const { jobs } = await apiSend("POST", "/api/records/sync", { ids: wish.recordIds }, loadStarted);
    return jobs;
  }
  return [await apiSend("POST", "/api/jobs", wish, loadJob)];
}

/**
 * Starts jobs and answers them; null when refused (told in a toast). While one start is under way a second click starts
 * nothing; where the same work runs already, that job is answered.
 */
export function useStartJob() {
  const t = useTranslations("jobs.start");
  const client = useQueryClient();
  const words = useProblemWords();
  const underWay = useRef(false);
  const mutation = useMutation({ mutationFn: sendStart });
  const findRunning = async (wish: JobToStart): Promise<Job[] | null> => {
    const { jobs } = await client.fetchQuery({ ...openJobsQuery, staleTime: 0 });
    const same = jobs.filter((job) => isSame(job, wish));
    return same.length > 0 ? same : null;
  };
  const start = async (wish: JobToStart): Promise<Job[] | null> => {
    if (underWay.current) return null;
    underWay.current = true;
    try {
      const jobs = await mutation.mutateAsync(wish);
      for (const job of jobs) client.setQueryData(jobQuery(job.id).queryKey, job);
      void client.invalidateQueries({ queryKey: openJobsQuery.queryKey });
      return jobs;
    } catch (error) {
      const isRunning = error instanceof ApiProblem && error.code === "already_running";
      const running = isRunning ? await findRunning(wish).catch(() => null) : null;
      if (running) showToast({ tone: "info", title: t("alreadyRunning") });
      else {
        const { title, what } = words(error);
        const isOld = "previewId" in wish && error instanceof ApiProblem && error.code === "changed_meanwhile";
        showToast({ tone: "fail", title: isOld ? t("previewOld") : title, detail: isOld ? t("previewOldWhat") : what });
      }
      return running;
    } finally {
      underWay.current = false;
    }
  };
  return { start, busy: mutation.isPending };
}

function isSame(job: Job, wish: JobToStart): boolean {
  if ("previewId" in wish) return job.previewId === wish.previewId;
  const asked = "request" in wish ? wish.request : { kind: "resync", records: wish.recordIds.length };
  return isSameWork(job.request, asked);
}

/** Starts a preview and answers its id; null when refused (told in a toast). */
export function useStartPreview() {
  const client = useQueryClient();
  const words = useProblemWords();
  const underWay = useRef(false);
  const mutation = useMutation({
    mutationFn: (request: AskedJob) => apiSend("POST", "/api/previews", { request }, loadPreview),
  });
  const start = async (request: AskedJob): Promise<string | null> => {
    if (underWay.current) return null;
    underWay.current = true;
    try {
      const preview = await mutation.mutateAsync(request);
      client.setQueryData(previewQuery(preview.id).queryKey, preview);
      return preview.id;
    } catch (error) {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
      return null;
    } finally {
      underWay.current = false;
    }
  };
  return { start, busy: mutation.isPending, error: mutation.error };
}
