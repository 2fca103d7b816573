import type { MappingInput } from "@/lib/contracts/mappings";

/** What stands in the editor; `hubspotProperty` is null until one is chosen. */
export type MappingForm = Omit<MappingInput, "hubspotProperty"> & { hubspotProperty: string | null };

/** A Salesforce end of the form. */
export type EndKey = "leadField" | "contactField" | "salesforceField";
