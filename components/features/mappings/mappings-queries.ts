import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { apiGet, apiSend } from "@/lib/browser/api-client";
import type { Mapping, MappingInput } from "@/lib/contracts/mappings";
import type { MappedObject } from "@/lib/decide/record-types";

const contracts = () => import("@/lib/contracts/mappings");
const loadList = () => contracts().then((file) => file.mappingListSchema);
const loadFields = () => contracts().then((file) => file.mappingFieldsSchema);
const loadSuggestions = () => contracts().then((file) => file.mappingSuggestionsSchema);
const loadCheck = () => contracts().then((file) => file.mappingCheckSchema);
const loadTrial = () => contracts().then((file) => file.mappingTrialSchema);
const loadRecords = () => import("@/lib/contracts/records").then((file) => file.recordListSchema);

export function mappingsQuery(object: MappedObject) {
  return queryOptions({
    queryKey: ["mappings", "list", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/mappings?object=${object}`, loadList, signal),
  });
}

/** Everything that can be chosen in the editor: several hundred ends, so it is fetched once and kept for 5 min. */
export function mappingFieldsQuery(object: MappedObject) {
  return queryOptions({
    queryKey: ["mappings", "fields", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/mappings/fields?object=${object}`, loadFields, signal),
    staleTime: 5 * 60_000,
  });
}

export function mappingSuggestionsQuery(object: MappedObject) {
  return queryOptions({
    queryKey: ["mappings", "suggestions", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/mappings/suggestions?object=${object}`, loadSuggestions, signal),
    staleTime: 60_000,
  });
}

/** What the server finds about a mapping as it stands in the editor; saves nothing. */
export function mappingCheckQuery(input: MappingInput | null) {
  return queryOptions({
    queryKey: ["mappings", "check", input] as const,
    queryFn: () => apiSend("POST", "/api/mappings/check", input, loadCheck),
    enabled: input !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** What the mapping as edited would do with one record (spec F14). Reads both CRMs: an answer serves for a minute. */
export function mappingTrialQuery(input: MappingInput | null, recordId: string | null) {
  return queryOptions({
    queryKey: ["mappings", "try", recordId, input] as const,
    queryFn: () => apiSend("POST", "/api/mappings/try", { ...input, recordId }, loadTrial),
    enabled: input !== null && recordId !== null,
    staleTime: 60_000,
    retry: false,
  });
}

/** A page of records to try a mapping on; linked ones come first, for there something can travel. */
export function exampleRecordsQuery(object: MappedObject, search: string) {
  const params = new URLSearchParams({ object, search: search.trim(), limit: "20" });
  if (search.trim() === "") params.set("state", "in_sync");
  return queryOptions({
    queryKey: ["records", "examples", object, search.trim()] as const,
    queryFn: ({ signal }) => apiGet(`/api/records?${params}`, loadRecords, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

export async function createMapping(input: MappingInput): Promise<void> {
  await apiSend("POST", "/api/mappings", input);
}

/** Throws `ApiProblem` 409 `changed_meanwhile` when the mapping is no longer at `version`. */
export async function saveMapping(id: string, version: number, input: MappingInput): Promise<void> {
  const { object: _, ...values } = input;
  await apiSend("PATCH", `/api/mappings/${encodeURIComponent(id)}`, { ...values, version });
}

export async function deleteMapping(mapping: Pick<Mapping, "id" | "version">): Promise<void> {
  await apiSend("DELETE", `/api/mappings/${encodeURIComponent(mapping.id)}?version=${mapping.version}`);
}

/** After any change: the lists, the suggestions, what is required, and every record's field table. */
export async function refreshMappings(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: ["records", "detail"] });
  await Promise.all([
    client.invalidateQueries({ queryKey: ["mappings", "list"] }),
    client.invalidateQueries({ queryKey: ["mappings", "suggestions"] }),
    client.invalidateQueries({ queryKey: ["mappings", "required-unfilled"] }),
  ]);
}
