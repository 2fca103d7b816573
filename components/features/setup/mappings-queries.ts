import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadList = () => import("@/lib/contracts/mappings").then((file) => file.mappingListSchema);
const loadSuggestions = () => import("@/lib/contracts/mappings").then((file) => file.mappingSuggestionsSchema);

export type MappedObject = "contact" | "company" | "deal" | "task";

export const setupMappingsQuery = (object: MappedObject) =>
  queryOptions({
    queryKey: ["mappings", "setup", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/mappings?object=${object}`, loadList, signal),
  });

export const setupSuggestionsQuery = (object: MappedObject) =>
  queryOptions({
    queryKey: ["mappings", "setup-suggestions", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/mappings/suggestions?object=${object}`, loadSuggestions, signal),
  });
