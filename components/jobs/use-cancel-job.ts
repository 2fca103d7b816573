"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { jobQuery, openJobsQuery, previewQuery } from "./job-queries";

const loadJob = () => import("@/lib/contracts/jobs").then((file) => file.jobSchema);
const loadPreview = () => import("@/lib/contracts/jobs").then((file) => file.previewSchema);

/** Ends a job, or with `"previews"` the counting of a preview. What it had not begun with stays as it was. */
export function useCancelJob(id: string, kind: "jobs" | "previews" = "jobs") {
  const client = useQueryClient();
  const words = useProblemWords();
  const mutation = useMutation({
    mutationFn: async () => {
      const path = `/api/${kind}/${id}/cancel`;
      if (kind === "jobs") client.setQueryData(jobQuery(id).queryKey, await apiSend("POST", path, {}, loadJob));
      else client.setQueryData(previewQuery(id).queryKey, await apiSend("POST", path, {}, loadPreview));
    },
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries({ queryKey: openJobsQuery.queryKey }),
  });
  return { start: () => !mutation.isPending && mutation.mutate(), busy: mutation.isPending };
}
