"use client";

import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { showToast } from "@/components/ui/toast";
import { useProblemWords } from "@/lib/browser/use-problem-words";

/** A change in the settings: afterwards the list of `key` is read anew; a refusal becomes a toast, unless the form shows it. */
export function useSettingsAction<Value, Answer>(
  act: (value: Value) => Promise<Answer>,
  { key, quiet = false }: { key: QueryKey; quiet?: boolean },
) {
  const client = useQueryClient();
  const words = useProblemWords();
  return useMutation({
    mutationFn: act,
    onError: (error) => {
      if (quiet) return;
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
