"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { ChevronRight, RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useStartPreview } from "@/components/jobs/use-start-job";
import { listStatesQuery } from "@/components/lists/lists-queries";
import { StatesBar } from "@/components/lists/states-bar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { meQuery } from "@/lib/browser/me-query";
import type { ListChoice } from "@/lib/contracts/lists";
import { ListDetail } from "./list-detail";
import type { ListsView } from "./use-lists-view";

const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 sm:grid-cols-[minmax(0,1fr)_72px_80px_140px_104px]";

/** The head over the rows; on narrow screens the rows say it themselves. */
export function ListHead() {
  const t = useTranslations("lists.columns");
  return (
    <div
      aria-hidden
      className={clsx(GRID, "hidden h-8 border-line border-b font-medium text-ink-faint text-xs sm:grid")}
    >
      <span>{t("name")}</span>
      <span>{t("kind")}</span>
      <span className="text-right">{t("members")}</span>
      <span>{t("states")}</span>
    </div>
  );
}

type ListRowProps = {
  list: ListChoice;
  view: ListsView;
  jobId: string | null;
  /** Its place on the page, from 0 */
  place: number;
};

/** A short list costs HubSpot three calls; the first ones on the page are counted unasked. */
const COUNTED_UNASKED = { rows: 10, members: 500 };

/** A list; opened it tells how its members stand, and holds its preview and its job. */
export function ListRow({ list, view, jobId, place }: ListRowProps) {
  const t = useTranslations("lists");
  const format = useFormatter();
  const { data: me } = useQuery(meQuery);
  const preview = useStartPreview();
  const isOpen = view.listId === list.id;
  const previewId = isOpen ? view.previewId : null;
  const isBusy = jobId !== null || previewId !== null;
  // The members of the inclusion list are kept with us; those of any other list are read from HubSpot.
  const isCheap = list.isChosen || (place < COUNTED_UNASKED.rows && list.size <= COUNTED_UNASKED.members);
  const states = useQuery({ ...listStatesQuery(view.object, list.id), enabled: isOpen || isCheap });
  const sync = async () => {
    const id = await preview.start({ kind: "list_sync", listId: list.id });
    if (id) view.showPreview(list.id, id);
  };
  const kind = list.isActive ? t("active") : t("static");
  return (
    <li>
      <div className={clsx(GRID, "min-h-11 py-1.5 sm:min-h-9 sm:py-1")}>
        <div className="flex min-w-0 items-center gap-2">
          <button
            type="button"
            aria-expanded={isOpen}
            data-row={list.id}
            onClick={() => view.open(isOpen ? null : list.id)}
            className="flex min-w-0 items-center gap-1.5 rounded-sm text-left font-medium text-sm"
          >
            <ChevronRight
              className={clsx("size-4 shrink-0 text-ink-faint transition-transform", isOpen && "rotate-90")}
              aria-hidden
            />
            <span className="min-w-0">
              <span className="block truncate">{list.name}</span>
              <span className="block font-normal text-ink-faint text-xs sm:hidden">
                {kind} · {t("memberCount", { count: list.size })}
              </span>
            </span>
          </button>
          {list.isChosen && <Badge tone="info">{t("inclusion")}</Badge>}
        </div>
        <span className="hidden text-ink-soft text-sm sm:block">{kind}</span>
        <span className="hidden text-right text-sm tabular-nums sm:block">{format.number(list.size)}</span>
        <span className="hidden text-ink-faint text-xs sm:block">
          {states.data ? (
            <StatesBar states={states.data.states} />
          ) : (
            !states.isFetching && list.size > 0 && t("openToCount")
          )}
        </span>
        <span className="flex justify-end">
          {me?.permissions.includes("sync") && (
            <Button
              size="sm"
              icon={<RefreshCw aria-hidden />}
              busy={preview.busy}
              disabled={isBusy && jobId === null}
              aria-label={t("syncList", { name: list.name })}
              onClick={() => void sync()}
            >
              {t("sync")}
            </Button>
          )}
        </span>
      </div>
      {(isOpen || jobId !== null) && (
        <ListDetail list={list} view={view} states={states} previewId={previewId} jobId={jobId} isOpen={isOpen} />
      )}
    </li>
  );
}
