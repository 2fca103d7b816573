"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { showToast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/browser/api-client";
import type { SyncResult } from "@/lib/contracts/records";
import { recordKeys, syncRecord } from "./record-queries";
import { type RefusalKey, readRefusal, toneOfResult } from "./sync-outcome";

const DETAIL_OF_OUTCOME: Partial<Record<SyncResult["outcome"], string>> = {
  excluded: "excludedText",
  failed: "failedText",
  interrupted: "interruptedText",
};

/** *Sync now* of one record: runs it, then card, timeline, list and overview are read again. Refusals are told kindly. */
export function useSyncNow(id: string) {
  const t = useTranslations("record.sync");
  const locale = useLocale();
  const client = useQueryClient();
  const tellResult = (result: SyncResult) => {
    const calls = result.calls.hubspot + result.calls.salesforce;
    const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(result.durationMs / 1000);
    const detail = DETAIL_OF_OUTCOME[result.outcome];
    showToast({
      tone: toneOfResult(result),
      title: t("done", { outcome: result.outcome, changes: result.changes }),
      detail: detail ? t(detail) : t("calls", { calls, seconds }),
    });
  };
  const tellRefusal = (error: unknown) => {
    const key: RefusalKey = readRefusal(error instanceof ApiProblem ? error.code : "unexpected_reply");
    showToast({ tone: key === "alreadyRunning" ? "info" : "fail", title: t(key), detail: t(`${key}Text`) });
  };
  return useMutation({
    mutationFn: () => syncRecord(id),
    onSuccess: tellResult,
    onError: tellRefusal,
    onSettled: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: recordKeys.detail(id) }),
        client.invalidateQueries({ queryKey: recordKeys.timeline(id) }),
      ]);
      void client.invalidateQueries({ queryKey: ["records", "list"] });
      void client.invalidateQueries({ queryKey: ["overview"] });
    },
  });
}
