"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CrmTag } from "@/components/ui/crm-tag";
import { Skeleton } from "@/components/ui/skeleton";
import { overviewQuery } from "@/lib/browser/overview-query";

/** Which portal is joined to which org, HubSpot first, Salesforce second, as everywhere; it leads to where that is changed. */
export function ConnectionName({ onGo }: { onGo: (() => void) | undefined }) {
  const t = useTranslations("shell");
  const { data, error } = useQuery(overviewQuery);
  const row = "flex items-center gap-2 min-w-0 text-xs text-ink-soft";
  const name = (value: string | null | undefined) =>
    data || error ? (
      <span className="truncate">{data ? (value ?? t("notConnected")) : t("unknown")}</span>
    ) : (
      <Skeleton className="h-3 w-28" />
    );
  return (
    <Link
      href="/connection"
      onClick={onGo}
      title={t("openConnection")}
      className="relative flex flex-col gap-1.5 rounded-md border border-line bg-surface py-2 pr-8 pl-2 transition-colors hover:border-line-strong hover:bg-hover"
    >
      <span className="sr-only">{t("openConnection")}</span>
      <div className={row}>
        <CrmTag letter="H" name={t("hubspot")} />
        {name(data?.connection.hubspot.name)}
      </div>
      <div className={row}>
        <CrmTag letter="S" name={t("salesforce")} />
        {name(data?.connection.salesforce.name)}
      </div>
      <ArrowLeftRight
        className="absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 rotate-90 text-ink-faint"
        aria-hidden
      />
    </Link>
  );
}
