"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatDuration } from "@/lib/browser/format-time";
import type { Job } from "@/lib/contracts/jobs";
import { readProgress } from "./tell-progress";

/** `3,120 of 10,000 · 640/s · 11 s left · 2 failed`, as far as it is known. */
export function useProgressLine(job: Pick<Job, "progress" | "status">): string {
  const t = useTranslations("jobs.line");
  const locale = useLocale();
  const format = useFormatter();
  const { done, total, rate, leftMs, failed } = readProgress(job);
  if (job.status === "queued") return t("queued");
  if (total === null && done === 0) return t("reading");
  const parts = [
    total === null ? t("soFar", { done }) : t("done", { done, total }),
    rate === null ? "" : t("rate", { rate: format.number(rate) }),
    leftMs === null ? "" : t("left", { time: formatDuration(leftMs, locale) }),
    failed > 0 ? t("failed", { failed }) : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** What holds a job up or ended it, and the cure; null while it goes on. */
export function useJobProblemWords() {
  const reasons = useTranslations("reasons.jobProblems");
  const errors = useTranslations("errors");
  return ({ problem, message }: Pick<Job, "problem" | "message">): { title: string; cure: string } | null => {
    if (problem === null) return null;
    if (reasons.has(`${problem}.title`))
      return { title: reasons(`${problem}.title`), cure: reasons(`${problem}.cure`) };
    const type = errors.has(`${problem}.title`) ? problem : "unknown";
    const side = message?.startsWith("hubspot") ? "hubspot" : "salesforce";
    const values = { side, object: "none", field: "none" };
    return { title: errors(`${type}.title`, values), cure: errors(`${type}.fix`, values) };
  };
}

type Named = { request: Job["request"]; label: string | null };

/** What a job is, in words: "List “Customers”", "Import from HubSpot: contacts". */
export function useJobName() {
  const t = useTranslations("jobs.names");
  const errors = useTranslations("errors");
  const nameError = ({ errorTypes, errorSide }: Job["request"]): string | null => {
    const [type] = Array.isArray(errorTypes) ? errorTypes : [];
    const known = typeof type === "string" && errors.has(`${type}.title`);
    return known ? errors(`${type}.title`, { side: errorSide === "hubspot" ? "hubspot" : "salesforce" }) : null;
  };
  return ({ request, label }: Named): string => {
    const object = typeof request.object === "string" ? request.object : "none";
    switch (request.kind) {
      case "list_sync":
        return label === null ? t("list", { id: String(request.listId) }) : t("listNamed", { name: label });
      case "resync": {
        if (typeof request.records === "number") return t("chosen", { count: request.records, object });
        const error = nameError(request);
        return error === null
          ? t("resync", { object, state: oneState(request.states) })
          : t("resyncError", { object, error });
      }
      case "backfill":
        return t("backfill", { object });
      default:
        return t(request.kind === "import_salesforce" ? "importSalesforce" : "importHubspot", { object });
    }
  };
}

function oneState(states: unknown): string {
  return Array.isArray(states) && states.length === 1 ? String(states[0]) : "none";
}

/** Why a preview leaves records out or would fail with them, in one or two words. */
export function usePreviewReasons() {
  const t = useTranslations("jobs.reasons");
  const errors = useTranslations("errors");
  return (reason: string): string => {
    if (t.has(reason)) return t(reason);
    return errors.has(`${reason}.title`)
      ? errors(`${reason}.title`, { side: "salesforce", object: "none" })
      : t("other");
  };
}
