import { CircleCheck, HeartPulse, SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ErrorSummary } from "@/lib/contracts/errors";
import type { HealthView } from "./health-filters";

type HealthEmptyProps = { summary: ErrorSummary; view: HealthView; onClear: () => void };

/** No error is shown: because there is none, because nothing syncs yet, or because a filter hides them. */
export function HealthEmpty({ summary, view, onClear }: HealthEmptyProps) {
  const t = useTranslations("health");
  const { lastCheckAt } = summary;
  if (view.search !== "" || view.object !== null || view.side !== null) {
    const title = view.search === "" ? t("empty.filteredTitle") : t("empty.searchTitle", { search: view.search });
    return (
      <Card>
        <EmptyState icon={SearchX} title={title} action={<Button onClick={onClear}>{t("clear")}</Button>}>
          {t(view.search === "" ? "empty.filteredText" : "empty.searchText")}
        </EmptyState>
      </Card>
    );
  }
  if (summary.connection === "setup") {
    const connect = (
      <Link href="/connection" className={buttonClass("primary")}>
        {t("empty.connect")}
      </Link>
    );
    return (
      <Card>
        <EmptyState icon={HeartPulse} title={t("empty.setupTitle")} action={connect}>
          {t("empty.setupText")}
        </EmptyState>
      </Card>
    );
  }
  const isOpen = view.state === "open";
  return (
    <Card>
      <EmptyState icon={CircleCheck} title={t(isOpen ? "empty.title" : "empty.closedTitle")}>
        <p>{t(isOpen ? "empty.text" : "empty.closedText")}</p>
        {isOpen && lastCheckAt !== null && (
          <p className="mt-2 text-ink-faint">
            {t.rich("empty.checked", { time: () => <RelativeTime at={lastCheckAt} /> })}
          </p>
        )}
      </EmptyState>
    </Card>
  );
}
