import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import type { ErrorSummary } from "@/lib/contracts/errors";
import { CountLines } from "./count-lines";
import { listPath } from "./health-filters";

type ExcludedCardProps = { excluded: ErrorSummary["excluded"]; object: string | null };

/** Why records do not take part, with the way to them. */
export function ExcludedCard({ excluded, object }: ExcludedCardProps) {
  const t = useTranslations("health");
  const reasons = useTranslations("reasons");
  const lines = excluded
    .filter((row) => object === null || row.object === object)
    .map((row) => {
      const known = reasons.has(`exclusions.${row.reason}`) ? row.reason : "other";
      const words = reasons(`exclusions.${known}`);
      return {
        key: `${row.object} ${row.reason}`,
        // Written for the middle of a sentence; here it stands alone
        title: words.charAt(0).toUpperCase() + words.slice(1),
        note: t(`objects.${row.object}`),
        count: row.records,
        href: listPath(row.object, { state: "excluded", reason: row.reason }),
      };
    });
  return (
    <Card aria-labelledby="excluded-title" className="overflow-hidden">
      <CardHeader id="excluded-title" title={t("excluded.title")} note={t("excluded.note")} />
      {lines.length === 0 ? (
        <p className="px-4 py-3 text-ink-faint text-sm">{t("excluded.none")}</p>
      ) : (
        <CountLines lines={lines} />
      )}
    </Card>
  );
}
