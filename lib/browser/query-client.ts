import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "@/lib/browser/api-client";
import { noteSession, noteSessionEnd } from "@/lib/browser/session-end";

/** Outages and lost connections are worth another try; a refusal would only be refused again. */
function mayHeal(error: unknown): boolean {
  return error instanceof ApiProblem && (error.code === "network" || error.status >= 500);
}

function noteIfSignedOut(error: unknown): void {
  if (error instanceof ApiProblem && error.code === "not_signed_in") noteSessionEnd();
}

/**
 * A first load that is under way while a change is saved may bring the state before it, and reading anew would only wait for
 * that answer: it is asked again. (What has data already is asked again by itself.)
 */
async function restartFirstLoads(client: QueryClient): Promise<void> {
  const loading = client.getQueryCache().findAll({
    fetchStatus: "fetching",
    predicate: (query) => query.isActive() && query.state.data === undefined,
  });
  await Promise.all(loading.map((query) => query.cancel({ revert: true })));
  void client.refetchQueries({ predicate: (query) => loading.includes(query) });
}

/** One client per browser tab. Data is fresh for 10 s; two quiet retries on outages. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    // An answer after the end: somebody signed in again, here or in another tab.
    queryCache: new QueryCache({ onError: noteIfSignedOut, onSuccess: noteSession }),
    mutationCache: new MutationCache({ onError: noteIfSignedOut, onSuccess: () => restartFirstLoads(client) }),
    defaultOptions: {
      queries: {
        // The server may be this very machine: a browser that calls itself offline still asks, and what fails says so.
        networkMode: "always",
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && mayHeal(error),
        retryDelay: (attempt) => Math.min(800 * 2 ** attempt, 5_000),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return client;
}
