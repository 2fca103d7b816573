"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUpRight } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { missingOverlay } from "@/components/ui/missing-part";
import { meQuery } from "@/lib/browser/me-query";
import type { RecordDetail } from "@/lib/contracts/records";
import { CardSection } from "./card-section";

const RelinkDialog = dynamic(() => import("./relink-dialog").then((file) => file.RelinkDialog).catch(missingOverlay), {
  ssr: false,
});

type Candidate = RecordDetail["candidates"][number];

/** The words for what a candidate is; undefined for a HubSpot record. */
const WORD_OF: Record<string, "lead" | "contact" | "account"> = {
  Lead: "lead",
  Contact: "contact",
  Account: "account",
};

/** A HubSpot record may be linked with another of Salesforce; what has no HubSpot record has nothing to link. */
function isRelinkable(record: RecordDetail, { type }: Candidate): boolean {
  return record.hubspotId !== null && type in WORD_OF;
}

/** Salesforce records with the same address that are not linked: named, not touched, and to choose by hand (spec M2). */
export function CandidateList({ record }: { record: RecordDetail }) {
  const t = useTranslations("record");
  const { data: me } = useQuery(meQuery);
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const { candidates, object } = record;
  const mayRelink = me?.permissions.includes("configure") ?? false;
  return (
    <CardSection title={t("candidates.title", { object })} note={candidates.length}>
      <p className="max-w-[68ch] px-4 text-ink-soft text-sm sm:px-5">{t("candidates.text", { object })}</p>
      <ul className="px-4 pt-1 pb-3 sm:px-5">
        {candidates.map((one) => (
          <li
            key={one.id}
            className="flex min-h-9 flex-wrap items-center gap-x-2 border-line border-b py-1 text-sm last:border-b-0"
          >
            <Badge>{t(`candidates.${WORD_OF[one.type] ?? "contact"}`)}</Badge>
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
              {mayRelink && isRelinkable(record, one) && (
                <Button size="sm" onClick={() => setChosen(one)}>
                  {t("candidates.relink")}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {chosen && <RelinkDialog record={record} candidate={chosen} onClose={() => setChosen(null)} />}
    </CardSection>
  );
}
