"use client";

import { ArrowUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import type { RecordDetail } from "@/lib/contracts/records";
import { CardSection } from "./card-section";

/** Salesforce records with the same address that are not linked: named, not touched. */
export function CandidateList({ candidates }: { candidates: RecordDetail["candidates"] }) {
  const t = useTranslations("record");
  return (
    <CardSection title={t("candidates.title")} note={candidates.length}>
      <p className="max-w-[68ch] px-4 text-ink-soft text-sm sm:px-5">{t("candidates.text")}</p>
      <ul className="px-4 pt-1 pb-3 sm:px-5">
        {candidates.map((one) => (
          <li
            key={one.id}
            className="flex min-h-9 flex-wrap items-center gap-x-2 border-line border-b py-1 text-sm last:border-b-0"
          >
            <Badge>{t(one.type === "Lead" ? "candidates.lead" : "candidates.contact")}</Badge>
            {one.url === null ? (
              <span>{one.name}</span>
            ) : (
              <a
                href={one.url}
                target="_blank"
                rel="noreferrer"
                className="inline-flex items-center gap-0.5 font-medium underline-offset-2 hover:underline"
              >
                {one.name}
                <ArrowUpRight className="size-3.5 text-ink-faint" aria-label={t("openInSalesforce")} />
              </a>
            )}
            <span className="min-w-0 truncate text-ink-faint">{one.email}</span>
            <span className="ml-auto flex items-center gap-0.5">
              <span className="font-mono text-ink-soft text-xs">{one.id}</span>
              <CopyButton value={one.id} what={one.id} />
            </span>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}
