"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";

/** What hangs on the descriptions of both CRMs. */
const QUERIES = [["mappings"], ["owners"], ["stages"], ["connection"]];

/** Asks both CRMs again for their fields, people and stages: for what somebody has just added there. */
export function ReadAgainButton() {
  const t = useTranslations("schemas");
  const words = useProblemWords();
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: () => apiSend("POST", "/api/schemas"),
    onSuccess: async () => {
      await Promise.all(QUERIES.map((queryKey) => client.invalidateQueries({ queryKey })));
      showToast({ tone: "ok", title: t("done") });
    },
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
  });
  return (
    <Button icon={<RefreshCw aria-hidden />} busy={read.isPending} title={t("hint")} onClick={() => read.mutate()}>
      {t("readAgain")}
    </Button>
  );
}
