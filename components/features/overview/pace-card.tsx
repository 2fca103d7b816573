"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { KeyValueList } from "@/components/ui/key-value-list";
import { formatClock, formatDuration, formatExact } from "@/lib/browser/format-time";
import type { Overview } from "@/lib/contracts/overview";

/** Lag, calls and rhythm of the last 24 hours. */
export function PaceCard({ overview }: { overview: Overview }) {
  const t = useTranslations("overview.pace");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const format = useFormatter();
  const seconds = (value: number | null) => (value === null ? "–" : formatDuration(value * 1_000, locale));
  const { nextCheckAt, calls24h } = overview;
  const callsLabel = (letter: "H" | "S", name: string) => (
    <span className="flex items-center gap-2">
      <CrmTag letter={letter} name={name} />
      {t("calls", { crm: name })}
    </span>
  );
  const items = [
    { key: "p50", label: t("lagTypical"), value: seconds(overview.lag.p50) },
    { key: "p95", label: t("lagSlow"), value: seconds(overview.lag.p95) },
    { key: "hubspot", label: callsLabel("H", shell("hubspot")), value: format.number(calls24h.hubspot) },
    { key: "salesforce", label: callsLabel("S", shell("salesforce")), value: format.number(calls24h.salesforce) },
    { key: "rhythm", label: t("rhythm"), value: t("everyMinutes", { minutes: overview.checkEveryMinutes }) },
    {
      key: "next",
      label: t("next"),
      value: nextCheckAt ? (
        <time dateTime={nextCheckAt} title={formatExact(nextCheckAt, locale)}>
          {formatClock(nextCheckAt, locale)}
        </time>
      ) : (
        "–"
      ),
    },
  ];
  return (
    <Card aria-labelledby="pace-title">
      <CardHeader id="pace-title" title={t("title")} note={t("note")} />
      <KeyValueList items={items} className="px-4 py-2" />
    </Card>
  );
}
