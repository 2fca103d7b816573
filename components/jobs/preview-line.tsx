"use client";

import { useTranslations } from "next-intl";
import type { Preview } from "@/lib/contracts/jobs";
import { listWrites, sumReasons } from "./tell-preview";
import { usePreviewReasons } from "./use-job-words";

/** Reasons told in the line; the rest stands in the list of records. */
const REASONS_SHOWN = 3;

/** `1,204 to create, 310 to update, 86 excluded: 80 no email, 6 not in list`; under it what that means in values. */
export function PreviewLine({ preview }: { preview: Preview }) {
  const t = useTranslations("jobs.preview");
  const tellReason = usePreviewReasons();
  const writes = listWrites(preview);
  const tellHeld = (counts: Record<string, number>, kind: "excluded" | "failed") => {
    const { sum, reasons } = sumReasons(counts);
    if (sum === 0) return "";
    const named = reasons
      .slice(0, REASONS_SHOWN)
      .map(({ reason, count }) => t("reason", { count, reason: tellReason(reason) }));
    return t(kind, { count: sum, reasons: named.join(t("comma")) });
  };
  const parts = [
    ...writes.map(({ kind, count }) => t(`writes.${kind}`, { count })),
    preview.unchanged > 0 ? t("unchanged", { count: preview.unchanged }) : "",
    tellHeld(preview.excluded, "excluded"),
    tellHeld(preview.failed, "failed"),
  ].filter(Boolean);
  const { hubspot, salesforce, overwritten, cleared } = preview.values;
  return (
    <div className="text-sm tabular-nums">
      <p className="font-medium">{parts.length === 0 ? t("nobody") : parts.join(t("comma"))}</p>
      {writes.length > 0 ? (
        <p className="text-ink-soft text-xs">
          {t("values", { hubspot, salesforce })}
          {overwritten > 0 && t("overwritten", { count: overwritten })}
          {cleared > 0 && t("cleared", { count: cleared })}
        </p>
      ) : (
        parts.length > 0 && <p className="text-ink-soft text-xs">{t("nothingToWrite")}</p>
      )}
    </div>
  );
}
