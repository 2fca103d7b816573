"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { JobProgress } from "@/components/jobs/job-progress";
import { useStartJob } from "@/components/jobs/use-start-job";
import { Button } from "@/components/ui/button";
import { meQuery } from "@/lib/browser/me-query";
import { useUrlParams } from "@/lib/browser/use-url-params";
import type { ErrorGroup } from "@/lib/contracts/errors";
import type { PanelTarget } from "./health-filters";
import { healthKey } from "./health-queries";
import { readJobIds, resyncRequests } from "./resync-requests";
import type { Chosen } from "./use-chosen";

/** As many ids as the API takes at once. */
const MOST = 1_000;

type ResyncBarProps = {
  target: PanelTarget;
  groups: readonly ErrorGroup[];
  chosen: Chosen;
  /** Records that have the error */
  count: number;
  /** The list is narrowed by a search, which "all" would not mean */
  isSearched: boolean;
};

/** Tries the chosen records, or all with this error, again; its progress stands in the address and survives a reload. */
export function ResyncBar({ target, groups, chosen, count, isSearched }: ResyncBarProps) {
  const t = useTranslations("health.resync");
  const client = useQueryClient();
  const { params, setParams } = useUrlParams();
  const { data: me } = useQuery(meQuery);
  const { start, busy } = useStartJob();
  const jobIds = readJobIds(params);
  const isSome = chosen.ids.length > 0;
  const isTooMany = chosen.ids.length > MOST;
  const resync = async () => {
    const wishes = isSome
      ? [{ recordIds: chosen.ids }]
      : resyncRequests(target, groups).map((request) => ({ request }));
    const ids: string[] = [];
    for (const wish of wishes) ids.push(...((await start(wish)) ?? []).map((job) => job.id));
    if (ids.length === 0) return;
    chosen.clear();
    setParams({ job: ids.join(",") });
  };
  if (me && !me.permissions.includes("sync")) return <p className="mr-auto text-ink-soft text-sm">{t("readOnly")}</p>;
  return (
    <div className="flex w-full flex-col gap-3">
      {jobIds.length > 0 && (
        <section aria-label={t("progress")} className="grid gap-2 border-line border-b pb-3">
          {jobIds.map((id) => (
            <JobProgress key={id} id={id} onDone={() => void client.invalidateQueries({ queryKey: healthKey })} />
          ))}
        </section>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-48 text-ink-faint text-xs">{isTooMany ? t("tooMany") : t("hint")}</p>
        {(isSome || !isSearched) && (
          <Button
            variant="primary"
            className="max-sm:w-full"
            icon={<RotateCw aria-hidden />}
            busy={busy}
            disabled={isTooMany || !me || (!isSome && count === 0)}
            onClick={() => void resync()}
          >
            {isSome ? t("some", { count: chosen.ids.length }) : t("all", { count })}
          </Button>
        )}
      </div>
    </div>
  );
}
