"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { overviewQuery } from "@/lib/browser/overview-query";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Overview } from "@/lib/contracts/overview";

const loadSchema = () => import("@/lib/contracts/overview").then((file) => file.checkStartedSchema);

/** Starts a check and, when it ends, says what it did. `overview` is the polled state. */
export function useCheckNow(overview: Overview | undefined) {
  const t = useTranslations("overview");
  const client = useQueryClient();
  const words = useProblemWords();
  const awaited = useRef(false);
  const start = useMutation({
    mutationFn: () => apiSend("POST", "/api/check", {}, loadSchema),
    onSuccess: ({ started }) => {
      awaited.current = true;
      client.setQueryData(overviewQuery.queryKey, (known) => known && { ...known, checkRunning: true });
      if (!started) showToast({ tone: "info", title: t("check.alreadyRunning") });
    },
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries({ queryKey: overviewQuery.queryKey }),
  });
  const running = overview?.checkRunning ?? false;
  const wasRunning = useRef(running);
  const last = overview?.runs.find((run) => run.status !== "running");
  useEffect(() => {
    const ended = wasRunning.current && !running;
    wasRunning.current = running;
    if (!ended || !awaited.current || !last) return;
    awaited.current = false;
    const detail = t("check.result", { synced: last.synced, failed: last.failed });
    if (last.status === "done") showToast({ tone: "ok", title: t("check.done"), detail });
    else showToast({ tone: "fail", title: t("check.failed"), detail: last.message ?? detail });
  }, [running, last, t]);
  return { start: () => start.mutate(), busy: start.isPending || running };
}
