"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MappingFinding } from "@/lib/contracts/mappings";
import { sortFindings } from "./mapping-form";
import { useMappingWords } from "./use-mapping-words";

/** What the check found, errors first; "fits" when it found nothing. Keeps its place while a newer check runs. */
export function FindingsList({ findings, checking }: { findings: readonly MappingFinding[]; checking: boolean }) {
  const t = useTranslations("mappings");
  const words = useMappingWords();
  return (
    <div aria-live="polite" aria-busy={checking} className="rounded-lg border border-line px-3 py-2 text-sm">
      {findings.length === 0 ? (
        <p className="flex items-start gap-2 text-ink-soft">
          <CircleCheck
            className={clsx("mt-0.5 size-4 shrink-0", checking ? "text-ink-faint" : "text-ok")}
            aria-hidden
          />
          {checking ? t("drawer.checking") : t("drawer.fits")}
        </p>
      ) : (
        <ul className="grid gap-2">
          {sortFindings(findings).map((finding) => {
            const error = finding.severity === "error";
            const Icon = error ? CircleAlert : TriangleAlert;
            return (
              <li key={`${finding.on} ${finding.issue}`} className="flex items-start gap-2">
                <Icon className={clsx("mt-0.5 size-4 shrink-0", error ? "text-fail" : "text-warn")} aria-hidden />
                <span className="min-w-0">
                  <span className="font-medium">{words.short(finding)}</span>
                  {finding.on !== "mapping" && <span className="text-ink-faint"> · {t(`types.${finding.on}`)}</span>}
                  <span className="block text-ink-soft">{words.text(finding)}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
