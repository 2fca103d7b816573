"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, CircleDashed, CirclePause } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatePill } from "@/components/ui/state-pill";
import { Td, Tr } from "@/components/ui/table";
import { formatDuration } from "@/lib/browser/format-time";
import type { Run } from "@/lib/contracts/overview";

const LOOK = {
  running: { tone: "info", icon: CircleDashed },
  done: { tone: "ok", icon: CircleCheck },
  failed: { tone: "fail", icon: CircleAlert },
  interrupted: { tone: "warn", icon: CirclePause },
} as const;

function durationOf(run: Run, locale: string): string {
  if (!run.finishedAt) return "–";
  return formatDuration(new Date(run.finishedAt).getTime() - new Date(run.startedAt).getTime(), locale);
}

/** One run as a row; a failed one says why on a second line. */
export function RunRow({ run }: { run: Run }) {
  const t = useTranslations("overview.runs");
  const locale = useLocale();
  const format = useFormatter();
  const { tone, icon } = LOOK[run.status];
  const count = (n: number) => <span className={clsx(n === 0 && "text-ink-faint")}>{format.number(n)}</span>;
  return (
    <Tr>
      <Td>
        <StatePill
          look="plain"
          tone={tone}
          icon={icon}
          label={t(`states.${run.status}`)}
          moving={run.status === "running"}
        />
      </Td>
      <Td className="whitespace-nowrap py-1.5">
        <RelativeTime at={run.startedAt} />
        <span className="text-ink-faint"> · {run.by ? t("byPerson", { name: run.by }) : t(`kinds.${run.kind}`)}</span>
        {run.message && (
          <span className="block max-w-[280px] truncate text-fail text-xs" title={run.message}>
            {run.message}
          </span>
        )}
      </Td>
      <Td numeric>{count(run.updatedHubspot)}</Td>
      <Td numeric>{count(run.updatedSalesforce)}</Td>
      <Td numeric>
        <span className={run.failed > 0 ? "font-medium text-fail" : "text-ink-faint"}>{format.number(run.failed)}</span>
      </Td>
      <Td numeric className="whitespace-nowrap text-ink-soft">
        {durationOf(run, locale)}
      </Td>
    </Tr>
  );
}
