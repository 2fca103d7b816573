"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { missingPart } from "@/components/ui/missing-part";
import { ProgressLine } from "@/components/ui/progress-line";
import { FilterBarSkeleton } from "@/components/ui/skeleton";
import { isFiltered, toAuditQuery } from "./audit-filters";
import { AuditRow, AuditRowsHead } from "./audit-row";
import { ChainCheck } from "./chain-check";
import { RowsSkeleton } from "./rows-skeleton";
import { SectionHead } from "./section-head";
import { SettingsProblem } from "./settings-problem";
import { auditQuery } from "./settings-queries";
import { useAuditFilters } from "./use-audit-filters";

// The boxes bring their positioning code along; the log itself does not wait for it.
const AuditFilterBar = dynamic(
  () => import("./audit-filter-bar").then((file) => file.AuditFilterBar).catch(missingPart),
  {
    loading: () => <FilterBarSkeleton className="mb-3" />,
  },
);

/** Who did what, with what was before and after. */
export function AuditPage() {
  const t = useTranslations("settings.audit");
  const view = useAuditFilters();
  const { filters, clear } = view;
  const log = useInfiniteQuery(auditQuery(filters));
  const first = log.data?.pages[0];
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  if (!log.data && log.error) return <SettingsProblem error={log.error} onRetry={() => void log.refetch()} />;
  return (
    <section aria-label={t("title")}>
      <SectionHead
        title={t("title")}
        note={t("note")}
        actions={
          <>
            <ChainCheck />
            <a href={`/api/audit/export?${toAuditQuery(filters)}`} download className={buttonClass()}>
              <Download aria-hidden />
              {t("export")}
            </a>
          </>
        }
      />
      <AuditFilterBar view={view} actors={first?.actors ?? []} actions={first?.actions ?? []} />
      {!log.data && <RowsSkeleton rows={8} />}
      {log.data && (
        <Card className="relative overflow-hidden">
          {log.isPlaceholderData && <ProgressLine label={t("title")} className="absolute inset-x-0 top-0" />}
          {entries.length === 0 ? (
            <EmptyState
              icon={SearchX}
              title={t("noneTitle")}
              action={isFiltered(filters) && <Button onClick={clear}>{t("clear")}</Button>}
            >
              {t("none")}
            </EmptyState>
          ) : (
            <>
              <AuditRowsHead />
              <ul>
                {entries.map((entry) => (
                  <AuditRow key={entry.id} entry={entry} />
                ))}
              </ul>
            </>
          )}
        </Card>
      )}
      {log.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </section>
  );
}
