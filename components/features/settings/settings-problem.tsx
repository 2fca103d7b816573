"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemState } from "@/components/ui/problem-state";
import { ApiProblem } from "@/lib/browser/api-client";
import { meQuery } from "@/lib/browser/me-query";

/** What stands in place of a page that could not be read; for a role that may not, who could help. */
export function SettingsProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("settings");
  const { data: me } = useQuery(meQuery);
  const forbidden = error instanceof ApiProblem && error.code === "not_allowed" && me !== undefined;
  return (
    <Card>
      {forbidden ? (
        <EmptyState icon={Lock} title={t("forbidden.title")}>
          {t("forbidden.what", { role: t(`roles.${me.role}.name`) })}
        </EmptyState>
      ) : (
        <ProblemState error={error} onRetry={onRetry} />
      )}
    </Card>
  );
}
