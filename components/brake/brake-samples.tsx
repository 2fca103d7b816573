"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { ChangeLines } from "@/components/changes/change-lines";
import { Badge } from "@/components/ui/badge";
import { recordPath } from "@/lib/browser/record-path";
import type { BrakeSampleView } from "@/lib/contracts/brake";

/** Some of what waits: up to twenty of each kind, old → new. */
export function BrakeSamples({ samples }: { samples: readonly BrakeSampleView[] }) {
  const t = useTranslations("runs.brake");
  return (
    <ul className="max-h-[420px] divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface">
      {samples.map((sample) => (
        <li key={`${sample.recordId} ${sample.kind} ${sample.side}`} className="flex flex-col gap-1.5 px-3 py-2">
          <p className="flex flex-wrap items-center gap-2 text-sm">
            <Link href={recordPath(sample.object, sample.recordId)} className="font-medium hover:underline">
              {sample.name || t("noName")}
            </Link>
            <Badge>{t(`kinds.${sample.kind}`, { side: sample.side })}</Badge>
          </p>
          <ChangeLines changes={sample.changes} />
        </li>
      ))}
    </ul>
  );
}
