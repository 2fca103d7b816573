"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatePill } from "@/components/ui/state-pill";
import { budgetQuery } from "@/lib/browser/budget-query";
import type { BudgetView } from "@/lib/contracts/budget";

type Events = NonNullable<BudgetView["events"]>;
const TONE = { off: "mute", listening: "ok", limit_reached: "warn", not_allowed: "fail", unreachable: "warn" } as const;

/** T18: whether Salesforce's change events are heard, and what to do where they are not. */
export function EventsCard({ isOn }: { isOn: boolean }) {
  const t = useTranslations("connection.events");
  const { data, isPending } = useQuery(budgetQuery);
  const state = isOn ? data?.events?.state : "off";
  return (
    <Card aria-labelledby="events-title">
      <CardHeader
        id="events-title"
        title={t("title")}
        note={t("note")}
        actions={
          <Link href="/settings/sync" className={buttonClass("secondary", "sm")}>
            {t("settings")}
          </Link>
        }
      />
      <CardBody className="flex flex-col gap-2 py-2">
        <KeyValueList
          items={[
            {
              key: "state",
              label: t("state"),
              value:
                isOn && isPending ? (
                  <Skeleton className="h-5 w-20" />
                ) : (
                  <StatePill tone={state ? TONE[state] : "mute"} label={t(state ?? "notYet")} />
                ),
            },
            ...(data?.events ? listTimes(data.events, t) : []),
          ]}
        />
        {state && state !== "listening" && <p className="pb-2 text-ink-soft text-sm">{t(`${state}What`)}</p>}
        {data?.events?.detail && state !== "off" && state !== "listening" && (
          <p className="break-words pb-2 text-ink-soft text-sm">{t("answer", { detail: data.events.detail })}</p>
        )}
      </CardBody>
    </Card>
  );
}

function listTimes({ lastEventAt, retryAt }: Events, t: ReturnType<typeof useTranslations<"connection.events">>) {
  return [
    {
      key: "last",
      label: t("lastEvent"),
      value: lastEventAt ? <RelativeTime at={lastEventAt} /> : t("never"),
    },
    ...(retryAt ? [{ key: "retry", label: t("retry"), value: <RelativeTime at={retryAt} /> }] : []),
  ];
}
