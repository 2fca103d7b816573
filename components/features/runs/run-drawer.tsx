"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ChangeLines } from "@/components/changes/change-lines";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { KeyValueList } from "@/components/ui/key-value-list";
import { ProblemState } from "@/components/ui/problem-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { Tone } from "@/components/ui/tone";
import { formatDuration } from "@/lib/browser/format-time";
import { recordPath } from "@/lib/browser/record-path";
import { useNow } from "@/lib/browser/use-now";
import type { Run } from "@/lib/contracts/overview";
import type { RunEntry } from "@/lib/contracts/runs";
import { RunStatus } from "./run-status";
import { durationOf } from "./runs-filter";
import { runQuery } from "./runs-queries";

/** One run: its numbers, its message, and what it changed in which record. */
export function RunDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("runs");
  const detail = useInfiniteQuery(runQuery(id));
  const run = detail.data?.pages[0]?.run;
  const entries = detail.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={onClose}
      title={run ? t(`kinds.${run.kind}`) : t("one")}
      description={run && <RelativeTime at={run.startedAt} />}
    >
      {detail.isPending && <DrawerSkeleton />}
      {detail.isError && !run && <ProblemState error={detail.error} onRetry={() => void detail.refetch()} />}
      {run && (
        <div className="flex flex-col gap-5">
          <RunNumbers run={run} />
          {run.message !== null && (
            <div className="rounded-md border border-line bg-fail-soft/50 px-3 py-2 text-sm">
              <p className="font-medium text-fail">{t("message")}</p>
              <p className="break-words text-ink-soft">{run.message}</p>
            </div>
          )}
          <section aria-labelledby="run-changes">
            <h3 id="run-changes" className="mb-2 font-semibold text-sm">
              {t("changes")}
            </h3>
            {entries.length === 0 ? (
              <p className="text-ink-soft text-sm">{t("noChanges")}</p>
            ) : (
              <ul className="flex flex-col gap-4">
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </ul>
            )}
            {detail.hasNextPage && (
              <Button
                size="sm"
                className="mt-3 w-full"
                busy={detail.isFetchingNextPage}
                onClick={() => void detail.fetchNextPage()}
              >
                {t("more")}
              </Button>
            )}
          </section>
        </div>
      )}
    </Drawer>
  );
}

function RunNumbers({ run }: { run: Run }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const format = useFormatter();
  const now = useNow(1_000);
  const number = (
    key: keyof Run & ("due" | "synced" | "created" | "unchanged" | "excluded" | "failed"),
    label: string,
  ) => ({
    key,
    label,
    value: format.number(run[key]),
  });
  return (
    <KeyValueList
      className="grid gap-x-8 sm:grid-cols-2"
      items={[
        { key: "status", label: t("columns.status"), value: <RunStatus status={run.status} /> },
        { key: "took", label: t("columns.took"), value: formatDuration(durationOf(run, now), locale) },
        { key: "by", label: t("columns.by"), value: run.by ?? t("byItself") },
        number("due", t("columns.due")),
        number("synced", t("columns.synced")),
        number("created", t("columns.created")),
        number("unchanged", t("columns.unchanged")),
        { key: "toHubspot", label: t("columns.toHubspot"), value: format.number(run.updatedHubspot) },
        { key: "toSalesforce", label: t("columns.toSalesforce"), value: format.number(run.updatedSalesforce) },
        number("excluded", t("columns.excluded")),
        number("failed", t("columns.failed")),
        { key: "callsHubspot", label: t("columns.callsHubspot"), value: format.number(run.calls.hubspot) },
        { key: "callsSalesforce", label: t("columns.callsSalesforce"), value: format.number(run.calls.salesforce) },
        {
          key: "id",
          label: t("columns.id"),
          value: (
            <span className="inline-flex items-center gap-1 font-mono text-xs">
              {run.id.slice(0, 8)} <CopyButton value={run.id} what={t("columns.id")} />
            </span>
          ),
        },
      ]}
    />
  );
}

const OUTCOME_TONE: Partial<Record<RunEntry["outcome"], Tone>> = {
  failed: "fail",
  excluded: "mute",
  interrupted: "warn",
  archived_in_hubspot: "warn",
  deleted_in_salesforce: "warn",
};

function Entry({ entry }: { entry: RunEntry }) {
  const t = useTranslations("runs");
  const outcomes = useTranslations("reasons.outcomes");
  const errors = useTranslations("errors");
  const tone = OUTCOME_TONE[entry.outcome];
  const { error, record } = entry;
  const type = error && errors.has(`${error.type}.title`) ? error.type : "unknown";
  return (
    <li className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Link href={recordPath(record.object, record.id)} className="font-medium hover:underline">
          {record.name || t("noName")}
        </Link>
        <Badge {...(tone ? { tone } : {})}>{outcomes(entry.outcome)}</Badge>
        <RelativeTime at={entry.at} className="ml-auto text-ink-faint text-xs" />
      </p>
      {error && (
        <p className="text-xs">
          <span className="font-medium text-fail">
            {errors(`${type}.title`, { side: error.side, object: "none", field: "none" })}
          </span>{" "}
          <span className="break-words text-ink-soft">{error.remoteMessage}</span>
        </p>
      )}
      <ChangeLines changes={entry.changes} />
    </li>
  );
}

function DrawerSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      {["a", "b", "c", "d", "e"].map((key) => (
        <Skeleton key={key} className="h-5 w-full" />
      ))}
    </div>
  );
}
