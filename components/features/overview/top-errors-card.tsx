"use client";

import { ChevronRight, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Overview } from "@/lib/contracts/overview";

type TopErrors = Overview["topErrors"];

function ErrorLine({ type, side, records }: TopErrors[number]) {
  const errors = useTranslations("errors");
  const format = useFormatter();
  const title = errors(`${errors.has(`${type}.title`) ? type : "unknown"}.title`, { side });
  return (
    <li className="border-line border-b last:border-b-0">
      <Link
        href={`/health?type=${type}&side=${side}`}
        className="-mx-2 flex min-h-9 items-center justify-between gap-4 rounded-sm px-2 py-1.5 hover:bg-hover"
      >
        <span className="min-w-0">{title}</span>
        <span className="font-medium text-fail tabular-nums">{format.number(records)}</span>
      </Link>
    </li>
  );
}

/** What fails most, and the way to those records. */
export function TopErrorsCard({ errors, failing }: { errors: TopErrors; failing: number }) {
  const t = useTranslations("overview.errors");
  return (
    <Card aria-labelledby="errors-title" className="flex flex-col">
      <CardHeader id="errors-title" title={t("title")} />
      {errors.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t("empty.title")}>
          {t("empty.what")}
        </EmptyState>
      ) : (
        <>
          <ul className="flex-1 px-4 py-2 text-sm">
            {errors.map((error) => (
              <ErrorLine key={`${error.type} ${error.side}`} {...error} />
            ))}
          </ul>
          <Link
            href="/health"
            className="flex h-10 items-center justify-between border-line border-t px-4 text-ink-soft text-sm hover:bg-hover hover:text-ink"
          >
            {t("showAll", { count: failing })}
            <ChevronRight className="size-4" aria-hidden />
          </Link>
        </>
      )}
    </Card>
  );
}
