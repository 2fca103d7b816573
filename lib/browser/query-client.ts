import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "@/lib/browser/api-client";

/** Outages and lost connections are worth another try; a refusal would only be refused again. */
function mayHeal(error: unknown): boolean {
  return error instanceof ApiProblem && (error.code === "network" || error.status >= 500);
}

/** A session that ended while the page was open: sign in and come back here. */
function leaveWhenSignedOut(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.code !== "not_signed_in") return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

/** One client per browser tab. Data is fresh for 10 s; two quiet retries on outages. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && mayHeal(error),
        retryDelay: (attempt) => Math.min(800 * 2 ** attempt, 5_000),
      },
      mutations: { retry: false },
    },
  });
}
