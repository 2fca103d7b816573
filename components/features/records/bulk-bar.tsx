"use client";

import { RefreshCw, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { showToast } from "@/components/ui/toast";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { ListedObject, RecordFilters } from "./record-filters";
import { fetchMatchingIds } from "./records-queries";
import { useBulkSync } from "./use-bulk-sync";
import { MOST_SELECTED, type Selection } from "./use-selection";

type BulkBarProps = {
  object: ListedObject;
  filters: RecordFilters;
  /** Rows that match the filters, as far as counted */
  matching: number;
  selection: Selection;
  onStarted: (jobIds: string[]) => void;
};

/** Slides in while rows are ticked: how many, all that match, *Sync now*, and the way out. */
export function BulkBar({ object, filters, matching, selection, onStarted }: BulkBarProps) {
  const t = useTranslations("records.bulk");
  const format = useFormatter();
  const words = useProblemWords();
  const [finding, setFinding] = useState(false);
  const { sync, busy } = useBulkSync();
  const count = selection.ids.size;
  const syncSelected = async () => {
    const jobIds = await sync(selection.ids);
    if (jobIds) onStarted(jobIds);
  };
  const most = Math.min(matching, MOST_SELECTED);
  const selectAll = async () => {
    setFinding(true);
    try {
      selection.set(await fetchMatchingIds(object, filters, MOST_SELECTED));
    } catch (error) {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    } finally {
      setFinding(false);
    }
  };
  return (
    <section
      aria-label={t("label")}
      className="overlay-pop absolute inset-x-3 bottom-3 z-10 mx-auto flex w-fit max-w-[calc(100%-24px)] flex-wrap items-center justify-center gap-x-3 gap-y-1.5 rounded-xl bg-raised py-2 pr-2 pl-4 shadow-overlay"
    >
      <p role="status" className="whitespace-nowrap font-medium text-sm tabular-nums">
        {t("selected", { count })}
      </p>
      {count < most && (
        <Button variant="ghost" size="sm" busy={finding} onClick={() => void selectAll()}>
          {t(matching > MOST_SELECTED ? "selectFirst" : "selectAll", { count: format.number(most) })}
        </Button>
      )}
      {count === MOST_SELECTED && <p className="text-ink-faint text-xs">{t("most")}</p>}
      <span className="flex items-center gap-1">
        <Button
          variant="primary"
          size="sm"
          busy={busy}
          icon={<RefreshCw aria-hidden />}
          onClick={() => void syncSelected()}
        >
          {t("sync", { count: format.number(count) })}
        </Button>
        <IconButton size="sm" label={t("clear")} onClick={selection.clear} className="size-7!">
          <X aria-hidden />
        </IconButton>
      </span>
    </section>
  );
}
