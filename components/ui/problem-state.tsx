"use client";

import { useProblemWords } from "@/lib/browser/use-problem-words";
import { ErrorState } from "./error-state";

/** The error state of a query: `error` as thrown by the API client. */
export function ProblemState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useProblemWords()(error);
  return (
    <ErrorState title={words.title} requestId={words.requestId} {...(onRetry ? { onRetry } : {})}>
      {words.what}
    </ErrorState>
  );
}
