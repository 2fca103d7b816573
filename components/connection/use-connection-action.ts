"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showToast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/browser/api-client";
import { connectionQuery } from "@/lib/browser/connection-query";
import { overviewQuery } from "@/lib/browser/overview-query";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { permissionsQuery } from "./permissions-query";

/** A change of the connection: afterwards page, navigation and warnings read anew; a refusal becomes a toast. */
export function useConnectionAction<V>(act: (value: V) => Promise<unknown>, done: string) {
  const client = useQueryClient();
  const words = useProblemWords();
  return useMutation({
    mutationFn: act,
    onSuccess: () => showToast({ tone: "ok", title: done }),
    onError: (error) => {
      // The form itself offers the newer version
      if (error instanceof ApiProblem && error.code === "changed_meanwhile") return;
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () =>
      Promise.all(
        [connectionQuery.queryKey, overviewQuery.queryKey, permissionsQuery.queryKey, ["mappings"]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
