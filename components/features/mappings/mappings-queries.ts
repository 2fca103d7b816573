import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { apiGet, apiSend } from "@/lib/browser/api-client";
import type { Mapping, MappingInput } from "@/lib/contracts/mappings";

const contracts = () => import("@/lib/contracts/mappings");
const loadList = () => contracts().then((file) => file.mappingListSchema);
const loadFields = () => contracts().then((file) => file.mappingFieldsSchema);
const loadSuggestions = () => contracts().then((file) => file.mappingSuggestionsSchema);
const loadCheck = () => contracts().then((file) => file.mappingCheckSchema);

export const mappingsQuery = queryOptions({
  queryKey: ["mappings", "list"] as const,
  queryFn: ({ signal }) => apiGet("/api/mappings", loadList, signal),
});

/** Everything that can be chosen in the editor: several hundred ends, so it is fetched once and kept for 5 min. */
export const mappingFieldsQuery = queryOptions({
  queryKey: ["mappings", "fields"] as const,
  queryFn: ({ signal }) => apiGet("/api/mappings/fields", loadFields, signal),
  staleTime: 5 * 60_000,
});

export const mappingSuggestionsQuery = queryOptions({
  queryKey: ["mappings", "suggestions"] as const,
  queryFn: ({ signal }) => apiGet("/api/mappings/suggestions", loadSuggestions, signal),
  staleTime: 60_000,
});

/** What the server finds about a mapping as it stands in the editor; saves nothing. */
export function mappingCheckQuery(input: MappingInput | null) {
  return queryOptions({
    queryKey: ["mappings", "check", input] as const,
    queryFn: () => apiSend("POST", "/api/mappings/check", input, loadCheck),
    enabled: input !== null,
    staleTime: 60_000,
    placeholderData: (previous) => previous,
  });
}

export async function createMapping(input: MappingInput): Promise<void> {
  await apiSend("POST", "/api/mappings", input);
}

/** Throws `ApiProblem` 409 `changed_meanwhile` when the mapping is no longer at `version`. */
export async function saveMapping(id: string, version: number, input: MappingInput): Promise<void> {
  await apiSend("PATCH", `/api/mappings/${encodeURIComponent(id)}`, { ...input, version });
}

export async function deleteMapping(mapping: Pick<Mapping, "id" | "version">): Promise<void> {
  await apiSend("DELETE", `/api/mappings/${encodeURIComponent(mapping.id)}?version=${mapping.version}`);
}

/** After any change: the list, the suggestions, and every record's field table. */
export async function refreshMappings(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: ["records", "detail"] });
  await Promise.all([
    client.invalidateQueries({ queryKey: mappingsQuery.queryKey }),
    client.invalidateQueries({ queryKey: mappingSuggestionsQuery.queryKey }),
  ]);
}
