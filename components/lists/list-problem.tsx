"use client";

import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import type { ListProblemView } from "@/lib/contracts/lists";

/** A chosen list that can no longer say who syncs: what happened, what that means now, the cure. */
export function ListProblem({ problem }: { problem: ListProblemView }) {
  const t = useTranslations("inclusion.problems");
  return (
    <Banner tone="warn" title={t(`${problem.why}.title`, { name: problem.name })}>
      {t("meanwhile")} {t(`${problem.why}.cure`)}
    </Banner>
  );
}
