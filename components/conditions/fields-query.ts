import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadFields = () => import("@/lib/contracts/mappings").then((file) => file.mappingFieldsSchema);

/** Every field that a condition can look at: HubSpot's properties and Salesforce's fields of one object. */
export function conditionFieldsQuery(object: "contact" | "company" | "deal") {
  return queryOptions({
    queryKey: ["conditions", "fields", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/mappings/fields?object=${object}`, loadFields, signal),
    staleTime: 5 * 60_000,
  });
}
