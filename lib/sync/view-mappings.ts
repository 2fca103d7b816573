import type { FieldEnd, Mapping, MappingFields, MappingList, MappingSuggestions } from "@/lib/contracts/mappings";
import type { FieldSchema } from "@/lib/decide/record-types";
import { type CheckedMapping, listCheckedMappings, listMappableFields, listSuggestions } from "./edit-mappings";

export async function viewMappings(connectionId: string): Promise<MappingList> {
  const { mappings, requiredUnfilled } = await listCheckedMappings(connectionId);
  return { mappings: mappings.map(viewMapping), requiredUnfilled };
}

export async function viewMappingFields(connectionId: string): Promise<MappingFields> {
  const fields = await listMappableFields(connectionId);
  return {
    hubspot: fields.hubspot.map(viewEnd),
    lead: fields.lead.map(viewEnd),
    contact: fields.contact.map(viewEnd),
  };
}

export async function viewSuggestions(connectionId: string): Promise<MappingSuggestions> {
  return { suggestions: await listSuggestions(connectionId) };
}

export function viewMapping(mapping: CheckedMapping): Mapping {
  return {
    id: mapping.id,
    hubspotProperty: mapping.hubspotProperty,
    leadField: mapping.leadField,
    contactField: mapping.contactField,
    rule: mapping.rule,
    valueMap: mapping.valueMap,
    isDefault: mapping.isDefault,
    version: mapping.version,
    updatedAt: mapping.updatedAt.toISOString(),
    updatedBy: mapping.updatedBy,
    hubspot: mapping.hubspot && viewEnd(mapping.hubspot),
    lead: mapping.lead && viewEnd(mapping.lead),
    contact: mapping.contact && viewEnd(mapping.contact),
    findings: mapping.findings,
  };
}

function viewEnd(field: FieldSchema): FieldEnd {
  return {
    name: field.name,
    label: field.label,
    kind: field.kind,
    remoteType: field.remoteType,
    readOnly: field.readOnly,
    calculated: field.calculated,
    required: field.required ?? false,
    length: field.length ?? null,
    options: (field.options ?? []).filter((option) => option.active).map(({ value, label }) => ({ value, label })),
  };
}
