import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** The rows so far stay; the next page is asked for again by hand. */
export function MoreFailed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("records.error");
  return (
    <p role="alert" className="flex items-center justify-center gap-3 border-line border-t py-2 text-fail text-xs">
      {t("more")}
      <Button size="sm" onClick={onRetry}>
        {t("retry")}
      </Button>
    </p>
  );
}
