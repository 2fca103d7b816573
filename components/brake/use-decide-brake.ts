"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";

const loadDecided = () => import("@/lib/contracts/brake").then((file) => file.brakeDecidedSchema);

/** A person's word on the stop with this id. Another stop in its place, or somebody who was faster, is told kindly. */
export function useDecideBrake(id: string, onSettled: () => void) {
  const t = useTranslations("runs.brake");
  const client = useQueryClient();
  const words = useProblemWords();
  const mutation = useMutation({
    mutationFn: (decision: "approve" | "dismiss") => apiSend("POST", "/api/brake", { id, decision }, loadDecided),
    onSuccess: ({ withdrawn }, decision) =>
      showToast({ tone: "ok", title: decision === "approve" ? t("approved") : t("dismissed", { count: withdrawn }) }),
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === "changed_meanwhile") {
        showToast({ tone: "info", title: t("decidedMeanwhile") });
        return;
      }
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => {
      onSettled();
      void client.invalidateQueries();
    },
  });
  return { decide: (decision: "approve" | "dismiss") => mutation.mutate(decision), busy: mutation.isPending };
}
