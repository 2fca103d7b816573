import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { ApiProblem } from "@/lib/browser/api-client";

/** The list could not be read, and nothing of it is here from before. */
export function RecordsError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("records.error");
  return (
    <ErrorState
      title={t("title")}
      requestId={error instanceof ApiProblem ? error.requestId : undefined}
      onRetry={onRetry}
    >
      {t("text")}
    </ErrorState>
  );
}
