import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { FieldEnd } from "@/lib/contracts/mappings";
import type { FieldLabels } from "./list-defaults";

const loadUnfilled = () =>
  import("@/lib/contracts/mappings").then((file) => file.mappingListSchema.pick({ requiredUnfilled: true }));
const loadFields = () =>
  import("@/lib/contracts/mappings").then((file) => file.mappingFieldsSchema.pick({ lead: true, contact: true }));

/** Required Salesforce fields that nothing fills yet, so that the settings warn before the first record fails (spec C2). */
export const requiredUnfilledQuery = queryOptions({
  queryKey: ["mappings", "required-unfilled"] as const,
  queryFn: ({ signal }) => apiGet("/api/mappings", loadUnfilled, signal),
  select: (list) => list.requiredUnfilled,
});

function labelsOf(fields: readonly FieldEnd[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, field.label]));
}

/** How Salesforce names its fields. Kept for 5 min: a label changes about never. */
export const fieldLabelsQuery = queryOptions({
  queryKey: ["mappings", "field-labels"] as const,
  queryFn: async ({ signal }): Promise<FieldLabels> => {
    const { lead, contact } = await apiGet("/api/mappings/fields", loadFields, signal);
    return { Lead: labelsOf(lead), Contact: labelsOf(contact) };
  },
  staleTime: 5 * 60_000,
});
