"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck, Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { ErrorSetting } from "@/components/record-words/error-setting";
import { ErrorPart } from "@/components/record-words/sync-error-parts";
import { useErrorWords } from "@/components/record-words/use-reason-words";
import { Button, buttonClass } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemState } from "@/components/ui/problem-state";
import type { ErrorGroup, ErrorRecord } from "@/lib/contracts/errors";
import { ErrorRecordList } from "./error-record-list";
import { groupsOfPanel, type HealthView, type PanelTarget, sumRecords } from "./health-filters";
import { errorExportPath, errorRecordsQuery } from "./health-queries";
import { commonError, namedFields } from "./panel-facts";
import { ResyncBar } from "./resync-bar";
import { useChosen } from "./use-chosen";

type ErrorPanelProps = {
  target: PanelTarget;
  asked: Pick<HealthView, "search" | "state">;
  groups: readonly ErrorGroup[];
  onClose: () => void;
  onShowClosed: () => void;
};

/** One error: what happened, how to fix it, and its records with the raw answers, to choose and try again. */
export function ErrorPanel({ target, asked, groups, onClose, onShowClosed }: ErrorPanelProps) {
  const t = useTranslations("health");
  const locale = useLocale();
  const mine = groupsOfPanel(groups, target);
  const query = useInfiniteQuery(errorRecordsQuery(asked, target));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const chosen = useChosen(rows.map((row) => row.record.id));
  const error = commonError(target, mine, rows);
  const words = useErrorWords(error.salesforceType)(error);
  const count = sumRecords(mine);
  const isGone = query.isSuccess && rows.length === 0;
  const [first] = mine;
  const object = mine.length === 1 && first ? t(`objects.${first.object}`) : t("allObjects");
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      description={t("panel.about", { object, count, side: target.side ?? (mine.length === 1 ? error.side : "both") })}
      footer={
        asked.state === "open" && !isGone ? (
          <ResyncBar target={target} groups={mine} chosen={chosen} count={count} isSearched={asked.search !== ""} />
        ) : undefined
      }
    >
      {isGone ? (
        <Gone isSearched={asked.search !== ""} isOpen={asked.state === "open"} onShowClosed={onShowClosed} />
      ) : (
        <div className="grid gap-5">
          <section className="grid gap-4 text-sm">
            <ErrorPart title={t("panel.what")}>{words.what}</ErrorPart>
            <ErrorPart title={t("panel.fix")}>{words.fix}</ErrorPart>
            <Fields rows={rows} />
            {asked.state === "open" && <ErrorPart title={t("panel.retry")}>{words.retry}</ErrorPart>}
            <ErrorSetting error={error} />
          </section>
          <section>
            <div className="flex items-center justify-between gap-3 pb-2">
              <h3 className="font-semibold text-sm">{t("panel.records")}</h3>
              <a href={errorExportPath(asked, target, locale)} download className={buttonClass("ghost", "sm")}>
                <Download aria-hidden />
                {t("export")}
              </a>
            </div>
            {query.isError && rows.length === 0 ? (
              <ProblemState error={query.error} onRetry={() => void query.refetch()} />
            ) : (
              <ErrorRecordList rows={rows} query={query} chosen={asked.state === "open" ? chosen : null} />
            )}
          </section>
        </div>
      )}
    </Drawer>
  );
}

/** The fields that the shown records name, each once. */
function Fields({ rows }: { rows: readonly ErrorRecord[] }) {
  const t = useTranslations("health.panel");
  const names = namedFields(rows);
  if (names.length === 0) return null;
  return (
    <ErrorPart title={t("fields")}>
      <ul className="flex flex-wrap gap-1.5">
        {names.map(({ field, label }) => (
          <li key={field} title={field} className="rounded-sm border border-line px-1.5 text-ink text-xs leading-5">
            {label}
          </li>
        ))}
      </ul>
    </ErrorPart>
  );
}

type GoneProps = { isSearched: boolean; isOpen: boolean; onShowClosed: () => void };

/** Healed meanwhile, or the search knows none. */
function Gone({ isSearched, isOpen, onShowClosed }: GoneProps) {
  const t = useTranslations("health.panel");
  if (isSearched) return <p className="py-8 text-center text-ink-soft text-sm">{t("noMatch")}</p>;
  return (
    <EmptyState
      icon={CircleCheck}
      title={t("goneTitle")}
      action={isOpen && <Button onClick={onShowClosed}>{t("goneAction")}</Button>}
    >
      {t("goneText")}
    </EmptyState>
  );
}
