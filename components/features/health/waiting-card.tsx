import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import type { ErrorSummary } from "@/lib/contracts/errors";
import { CountLines } from "./count-lines";
import { listPath, waitingOf } from "./health-filters";

type WaitingCardProps = { states: ErrorSummary["states"]; object: string | null };

/** What waits for its turn, or for the connection. Not there while nothing waits. */
export function WaitingCard({ states, object }: WaitingCardProps) {
  const t = useTranslations("health");
  const lines = waitingOf(states, object).map((row) => ({
    key: `${row.object} ${row.state}`,
    title: t(`objects.${row.object}`),
    note: t(`waiting.${row.state}`),
    count: row.records,
    href: listPath(row.object, { state: row.state }),
  }));
  if (lines.length === 0) return null;
  return (
    <Card aria-labelledby="waiting-title" className="overflow-hidden">
      <CardHeader id="waiting-title" title={t("waiting.title")} />
      <CountLines lines={lines} />
    </Card>
  );
}
