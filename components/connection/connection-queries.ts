import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { Settings } from "@/lib/browser/settings-draft";
import type { FieldEnd } from "@/lib/contracts/mappings";
import type { FieldLabels } from "./list-defaults";

const loadUnfilled = () =>
  import("@/lib/contracts/mappings").then((file) => file.mappingListSchema.pick({ requiredUnfilled: true }));
const loadFields = () => import("@/lib/contracts/mappings").then((file) => file.mappingFieldsSchema);

const CREATED_OBJECTS = ["contact", "company", "deal"] as const;
type CreatedObject = (typeof CREATED_OBJECTS)[number];

/** The objects that sync and may become Salesforce records. */
export function createdObjects(settings: Settings | undefined): CreatedObject[] {
  return CREATED_OBJECTS.filter((object) => object === "contact" || settings?.[object].on === true);
}

/** Required Salesforce fields that nothing fills yet, so that the settings warn before the first record fails (spec C2). */
export function requiredUnfilledQuery(object: CreatedObject) {
  return queryOptions({
    queryKey: ["mappings", "required-unfilled", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/mappings?object=${object}`, loadUnfilled, signal),
    select: (list) => list.requiredUnfilled,
  });
}

function labelsOf(fields: readonly FieldEnd[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, field.label]));
}

/** How Salesforce names its fields. Kept for 5 min: a label changes about never. */
export function fieldLabelsQuery(object: CreatedObject) {
  return queryOptions({
    queryKey: ["mappings", "field-labels", object] as const,
    queryFn: async ({ signal }): Promise<FieldLabels> => {
      const { lead, contact, salesforce } = await apiGet(`/api/mappings/fields?object=${object}`, loadFields, signal);
      if (object === "contact") return { Lead: labelsOf(lead), Contact: labelsOf(contact) };
      return { [object === "company" ? "Account" : "Opportunity"]: labelsOf(salesforce) };
    },
    staleTime: 5 * 60_000,
  });
}
