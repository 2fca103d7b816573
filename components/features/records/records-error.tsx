import { ListX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ApiProblem } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";

type RecordsErrorProps = {
  error: unknown;
  /** Narrowed to the members of a list, which are read from HubSpot */
  hasList: boolean;
  onRetry: () => void;
  onClearList: () => void;
};

/** The list could not be read, and nothing of it is here from before. */
export function RecordsError({ error, hasList, onRetry, onClearList }: RecordsErrorProps) {
  const t = useTranslations("records.error");
  const words = useProblemWords()(error);
  if (hasList && error instanceof ApiProblem && error.code === "not_found") {
    return (
      <EmptyState
        icon={ListX}
        title={t("listGoneTitle")}
        action={<Button onClick={onClearList}>{t("clearList")}</Button>}
      >
        {t("listGoneText")}
      </EmptyState>
    );
  }
  return (
    <ErrorState title={hasList ? words.title : t("title")} requestId={words.requestId} onRetry={onRetry}>
      {hasList ? words.what : t("text")}
    </ErrorState>
  );
}
