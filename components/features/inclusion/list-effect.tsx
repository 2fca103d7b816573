"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListObject } from "@/components/lists/lists-queries";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import { recordPath } from "@/lib/browser/record-path";
import type { ListEffect as Effect } from "@/lib/contracts/lists";

type ListEffectProps = { object: ListObject; effect: UseQueryResult<Effect> };

/** Who would newly sync and who would stop, with some of them by name, before anything is saved. */
export function ListEffect({ object, effect }: ListEffectProps) {
  const t = useTranslations("inclusion.effect");
  if (effect.isError && !effect.data) {
    return <ProblemState error={effect.error} onRetry={() => void effect.refetch()} />;
  }
  if (!effect.data) {
    return (
      <div aria-busy="true" className="flex flex-col gap-2">
        <p className="text-ink-soft text-sm">{t("reading")}</p>
        <Skeleton className="h-4 w-3/4" />
        <Skeleton className="h-4 w-1/2" />
      </div>
    );
  }
  const { wouldSync, wouldStop, isComplete } = effect.data;
  return (
    <div className="flex flex-col gap-3">
      <Affected kind="sync" object={object} affected={wouldSync} />
      <Affected kind="stop" object={object} affected={wouldStop} />
      {!isComplete && <p className="text-warn text-xs">{t("partly")}</p>}
    </div>
  );
}

type AffectedProps = { kind: "sync" | "stop"; object: ListObject; affected: Effect["wouldSync"] };

function Affected({ kind, object, affected }: AffectedProps) {
  const t = useTranslations("inclusion.effect");
  const more = affected.count - affected.samples.length;
  return (
    <div className="text-sm">
      <p className={clsx("tabular-nums", affected.count > 0 ? "font-medium" : "text-ink-soft")}>
        {t(kind, { count: affected.count })}
      </p>
      {affected.samples.length > 0 && (
        <ul className="mt-1 max-h-36 overflow-y-auto rounded-md border border-line">
          {affected.samples.map(({ hubspotId, recordId, name, email }) => (
            <li
              key={hubspotId}
              className="flex items-baseline gap-2 border-line border-b px-2.5 py-1 text-xs last:border-b-0"
            >
              {recordId === null ? (
                <span className="font-medium">{name || t("unseen", { id: hubspotId })}</span>
              ) : (
                <Link href={recordPath(object, recordId)} target="_blank" className="font-medium hover:underline">
                  {name || email || hubspotId}
                </Link>
              )}
              {email && <span className="truncate text-ink-faint">{email}</span>}
            </li>
          ))}
          {more > 0 && <li className="px-2.5 py-1 text-ink-faint text-xs">{t("more", { count: more })}</li>}
        </ul>
      )}
    </div>
  );
}
