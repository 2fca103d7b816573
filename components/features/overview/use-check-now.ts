"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { overviewQuery } from "@/lib/browser/overview-query";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Overview } from "@/lib/contracts/overview";
import { tellCheckOutcome } from "./check-outcome";

const loadSchema = () => import("@/lib/contracts/overview").then((file) => file.checkStartedSchema);

/** The answer to the press comes before the run stands in the overview: how often that is asked, and for how long, ms. */
const ASK_EVERY_MS = 1_500;
const ASK_FOR_MS = 30_000;

/** The newest run that had ended when the button was pressed: a later one is what the press began */
type Awaited = { before: string | undefined; until: number };

/** Starts a check and, when it ends, says what it did. `overview` is the polled state. */
export function useCheckNow(overview: Overview | undefined) {
  const t = useTranslations("overview");
  const client = useQueryClient();
  const words = useProblemWords();
  const [awaited, setAwaited] = useState<Awaited | null>(null);
  const running = overview?.checkRunning ?? false;
  const last = overview?.runs.find((run) => run.kind === "check" && run.status !== "running");
  const start = useMutation({
    mutationFn: () => apiSend("POST", "/api/check", {}, loadSchema),
    onMutate: () => setAwaited({ before: last?.id, until: Date.now() + ASK_FOR_MS }),
    onSuccess: ({ started }) => {
      if (!started) showToast({ tone: "info", title: t("check.alreadyRunning") });
    },
    onError: (error) => {
      setAwaited(null);
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries({ queryKey: overviewQuery.queryKey }),
  });
  useEffect(() => {
    if (!awaited || running) return;
    const timer = setInterval(() => {
      // Nothing to check (no calls left, connection paused meanwhile): no run will come.
      if (Date.now() > awaited.until) setAwaited(null);
      void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [awaited, running, client]);
  useEffect(() => {
    const outcome = awaited && !running && overview ? tellCheckOutcome(overview.runs, awaited.before) : null;
    if (!outcome) return;
    setAwaited(null);
    const detail = t("check.result", { synced: outcome.synced, failed: outcome.failed });
    if (outcome.status === "done") showToast({ tone: "ok", title: t("check.done"), detail });
    else showToast({ tone: "fail", title: t("check.failed"), detail: outcome.message ?? detail });
  }, [awaited, running, overview, t]);
  return { start: () => start.mutate(), busy: start.isPending || running || awaited !== null };
}
