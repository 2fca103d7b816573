"use client";

import clsx from "clsx";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatDuration } from "@/lib/browser/format-time";
import { useNow } from "@/lib/browser/use-now";
import type { Run } from "@/lib/contracts/overview";
import { RunStatus } from "./run-status";
import { durationOf } from "./runs-filter";

type RunsTableProps = { runs: readonly Run[]; openId: string | null; onOpen: (id: string) => void };

/** One run a row, figures right; on narrow screens the most important columns alone, the rest stands in the drawer. */
export function RunsTable({ runs, openId, onOpen }: RunsTableProps) {
  const t = useTranslations("runs.columns");
  return (
    <div className="overflow-x-auto">
      <Table>
        <thead>
          <tr>
            <Th>{t("status")}</Th>
            <Th>{t("what")}</Th>
            <Th className="hidden text-right sm:table-cell">{t("took")}</Th>
            <Th className="hidden text-right md:table-cell">{t("due")}</Th>
            <Th className="hidden text-right lg:table-cell">{t("created")}</Th>
            <Th className="hidden text-right sm:table-cell">{t("toHubspot")}</Th>
            <Th className="hidden text-right sm:table-cell">{t("toSalesforce")}</Th>
            <Th className="hidden text-right lg:table-cell">{t("excluded")}</Th>
            <Th className="text-right">{t("failed")}</Th>
            <Th className="hidden text-right lg:table-cell">{t("calls")}</Th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} isOpen={run.id === openId} onOpen={onOpen} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function RunRow({ run, isOpen, onOpen }: { run: Run; isOpen: boolean; onOpen: (id: string) => void }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const format = useFormatter();
  const now = useNow(1_000);
  const count = (n: number) => <span className={clsx(n === 0 && "text-ink-faint")}>{format.number(n)}</span>;
  return (
    <Tr onClick={() => onOpen(run.id)} className={clsx("cursor-default hover:bg-hover", isOpen && "bg-hover")}>
      <Td>
        <RunStatus status={run.status} />
      </Td>
      <Td className="max-w-[420px] py-1.5">
        <button
          type="button"
          className="rounded-sm text-left hover:underline"
          onClick={(event) => {
            event.stopPropagation();
            onOpen(run.id);
          }}
        >
          <RelativeTime at={run.startedAt} />
        </button>
        <span className="text-ink-faint">
          {" · "}
          {t(`kinds.${run.kind}`)}
          {run.by !== null && ` · ${run.by}`}
        </span>
        {run.message !== null && (
          <span className="block truncate text-fail text-xs" title={run.message}>
            {run.message}
          </span>
        )}
      </Td>
      <Td numeric className="hidden whitespace-nowrap text-ink-soft sm:table-cell">
        {formatDuration(durationOf(run, now === 0 ? Date.parse(run.startedAt) : now), locale)}
      </Td>
      <Td numeric className="hidden md:table-cell">
        {count(run.due)}
      </Td>
      <Td numeric className="hidden lg:table-cell">
        {count(run.created)}
      </Td>
      <Td numeric className="hidden sm:table-cell">
        {count(run.updatedHubspot)}
      </Td>
      <Td numeric className="hidden sm:table-cell">
        {count(run.updatedSalesforce)}
      </Td>
      <Td numeric className="hidden lg:table-cell">
        {count(run.excluded)}
      </Td>
      <Td numeric>
        <span className={run.failed > 0 ? "font-medium text-fail" : "text-ink-faint"}>{format.number(run.failed)}</span>
      </Td>
      <Td numeric className="hidden whitespace-nowrap text-ink-soft lg:table-cell">
        {t("callsOf", run.calls)}
      </Td>
    </Tr>
  );
}
