"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ApiProblem } from "@/lib/browser/api-client";
import { formatExact } from "@/lib/browser/format-time";
import { overviewQuery } from "@/lib/browser/overview-query";

/** Over every page while the server does not answer: what one sees is old. A page without anything to show says it itself. */
export function UnreachableBanner() {
  const t = useTranslations("shell.unreachable");
  const locale = useLocale();
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery(overviewQuery);
  useEffect(() => {
    // The next look would come up to 15 s later.
    const look = () => void refetch();
    window.addEventListener("offline", look);
    window.addEventListener("online", look);
    return () => {
      window.removeEventListener("offline", look);
      window.removeEventListener("online", look);
    };
  }, [refetch]);
  const isOutage = error instanceof ApiProblem && (error.code === "network" || error.status >= 500);
  if (!data || !isOutage) return null;
  return (
    <Banner
      tone="warn"
      className="rounded-none border-x-0 border-t-0 sm:px-8"
      title={t("title")}
      actions={
        <Button size="sm" busy={isFetching} onClick={() => void refetch()}>
          {t("retry")}
        </Button>
      }
    >
      {t("what", { time: formatExact(dataUpdatedAt, locale) })}
    </Banner>
  );
}
