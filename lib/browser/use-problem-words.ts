"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { ApiProblem } from "@/lib/browser/api-client";

export type ProblemWords = { title: string; what: string; requestId: string | undefined };

/** Turns anything thrown by the API client into what happened and what to do, in the person's language. */
export function useProblemWords(): (error: unknown) => ProblemWords {
  const t = useTranslations("problems");
  return useCallback(
    (error: unknown) => {
      const problem = error instanceof ApiProblem ? error : new ApiProblem("unexpected_reply", 0);
      return {
        title: t(`${problem.code}.title`),
        what: t(`${problem.code}.what`, { detail: problem.detail ?? "–" }),
        requestId: problem.requestId,
      };
    },
    [t],
  );
}
