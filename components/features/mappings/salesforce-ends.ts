import type { FieldEnd, Mapping, MappingFields } from "@/lib/contracts/mappings";
import type { MappedObject, SalesforceType } from "@/lib/decide/record-types";
import type { EndKey, MappingForm } from "./form-types";

/** As HubSpot names its objects, in the order of the navigation. */
export const OBJECTS: readonly MappedObject[] = ["contact", "company", "deal", "task"];

/** One Salesforce end of a mapping: where it stands in the form, of which type it is, and where its choices are. */
export type SalesforceEnd = {
  key: EndKey;
  type: SalesforceType;
  choices: "lead" | "contact" | "salesforce";
};

const single = (type: SalesforceType): SalesforceEnd[] => [{ key: "salesforceField", type, choices: "salesforce" }];

/** A contact meets leads and contacts, everything else one Salesforce type. */
export const ENDS_OF: Record<MappedObject, readonly SalesforceEnd[]> = {
  contact: [
    { key: "leadField", type: "Lead", choices: "lead" },
    { key: "contactField", type: "Contact", choices: "contact" },
  ],
  company: single("Account"),
  deal: single("Opportunity"),
  task: single("Task"),
};

/** The Salesforce type whose fields stand under this end of the form. */
export function endOfType(object: MappedObject, type: string): SalesforceEnd | undefined {
  return ENDS_OF[object].find((end) => end.type === type);
}

/** What a saved mapping meets in Salesforce, as it is described there now; ends that it does not use are left out. */
export function describedEnds(mapping: Mapping): { end: SalesforceEnd; name: string; field: FieldEnd | null }[] {
  const described = { leadField: mapping.lead, contactField: mapping.contact, salesforceField: mapping.salesforce };
  return ENDS_OF[mapping.object].flatMap((end) => {
    const name = mapping[end.key];
    return name === null ? [] : [{ end, name, field: described[end.key] }];
  });
}

/** The descriptions of what stands in the form; unknown names and empty ends are left out. */
export function chosenEnds(form: MappingForm, fields: MappingFields): FieldEnd[] {
  return ENDS_OF[form.object].flatMap((end) => {
    const field = fields[end.choices].find((one) => one.name === form[end.key]);
    return field ? [field] : [];
  });
}

/** Pairs whose values are decided elsewhere, so that a list of options beside the mapping would lie (spec F15, P2). */
export function specialPairOf(form: MappingForm): "owner" | "stage" | null {
  if (form.hubspotProperty === "hubspot_owner_id") return "owner";
  const isStage = form.hubspotProperty === "dealstage" && form.salesforceField === "StageName";
  return form.object === "deal" && isStage ? "stage" : null;
}
