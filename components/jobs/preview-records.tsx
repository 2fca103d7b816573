"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ChangeLines } from "@/components/changes/change-lines";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CrmTag } from "@/components/ui/crm-tag";
import { FilterChip } from "@/components/ui/filter-chip";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import { recordPath } from "@/lib/browser/record-path";
import type { Preview, PreviewItem } from "@/lib/contracts/jobs";
import { loadPreviewPage, type PreviewFilter } from "./job-queries";
import { countWrites, sumReasons } from "./tell-preview";
import { usePreviewReasons } from "./use-job-words";

const OUTCOMES = ["written", "excluded", "failed", "unchanged"] as const;

/** The records of a preview, page by page: what would be written (old → new, HubSpot left), and what would not and why. */
export function PreviewRecords({ preview }: { preview: Preview }) {
  const t = useTranslations("jobs.preview");
  const format = useFormatter();
  const counts = {
    written: countWrites(preview),
    excluded: sumReasons(preview.excluded).sum,
    failed: sumReasons(preview.failed).sum,
    unchanged: preview.unchanged,
  };
  const [outcome, setOutcome] = useState<PreviewFilter["outcome"]>(
    OUTCOMES.find((one) => counts[one] > 0) ?? "written",
  );
  const list = useInfiniteQuery({
    queryKey: ["jobs", "preview-records", preview.id, outcome],
    queryFn: ({ pageParam, signal }) => loadPreviewPage(preview.id, { outcome }, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="rounded-md border border-line bg-surface">
      <fieldset className="flex flex-wrap gap-1.5 border-line border-b p-2">
        <legend className="sr-only">{t("filter")}</legend>
        {OUTCOMES.filter((one) => counts[one] > 0).map((one) => (
          <FilterChip
            key={one}
            label={t(`chips.${one}`)}
            count={format.number(counts[one])}
            pressed={one === outcome}
            onPress={() => setOutcome(one)}
          />
        ))}
      </fieldset>
      {list.isPending && <Skeleton className="m-3 h-16" />}
      {list.isError && items.length === 0 && <ProblemState error={list.error} onRetry={() => void list.refetch()} />}
      <ul className="max-h-[420px] divide-y divide-line overflow-y-auto">
        {items.map((item) => (
          <PreviewRecord key={item.key} item={item} />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="border-line border-t p-1">
          <Button
            variant="ghost"
            size="sm"
            className="w-full"
            busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

function PreviewRecord({ item }: { item: PreviewItem }) {
  const t = useTranslations("jobs.preview");
  const tellReason = usePreviewReasons();
  const name = item.name || item.key;
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        {item.hubspotId !== null && <CrmTag letter="H" name={t("inHubspot")} />}
        {item.salesforceId !== null && <CrmTag letter="S" name={t("inSalesforce")} />}
        {item.recordId === null ? (
          <span className="font-medium">{name}</span>
        ) : (
          <Link href={recordPath(item.object, item.recordId)} className="font-medium hover:underline">
            {name}
          </Link>
        )}
        {(item.reason !== null || item.action !== "nothing") && (
          <Badge>{item.reason === null ? t(`actions.${item.action}`) : tellReason(item.reason)}</Badge>
        )}
      </p>
      <ChangeLines changes={item.changes} />
    </li>
  );
}
