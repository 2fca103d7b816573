import type { FieldEnd, Mapping, MappingFields, MappingList, MappingSuggestions } from "@/lib/contracts/mappings";
import type { FieldSchema, MappedObject } from "@/lib/decide/record-types";
import { type CheckedMapping, listCheckedMappings, listMappableFields, listSuggestions } from "./edit-mappings";

export async function viewMappings(connectionId: string, object: MappedObject): Promise<MappingList> {
  const { mappings, requiredUnfilled } = await listCheckedMappings(connectionId, object);
  return { mappings: mappings.map(viewMapping), requiredUnfilled };
}

export async function viewMappingFields(connectionId: string, object: MappedObject): Promise<MappingFields> {
  const fields = await listMappableFields(connectionId, object);
  return {
    hubspot: fields.hubspot.map(viewEnd),
    lead: fields.lead.map(viewEnd),
    contact: fields.contact.map(viewEnd),
    salesforce: fields.salesforce.map(viewEnd),
  };
}

export async function viewSuggestions(connectionId: string, object: MappedObject): Promise<MappingSuggestions> {
  const suggestions = await listSuggestions(connectionId, object);
  return {
    suggestions: suggestions.map((one) => ({ ...one, object, salesforceField: one.salesforceField ?? null })),
  };
}

export function viewMapping(mapping: CheckedMapping): Mapping {
  return {
    id: mapping.id,
    object: mapping.object,
    hubspotProperty: mapping.hubspotProperty,
    leadField: mapping.leadField,
    contactField: mapping.contactField,
    salesforceField: mapping.salesforceField ?? null,
    rule: mapping.rule,
    valueMap: mapping.valueMap,
    isDefault: mapping.isDefault,
    version: mapping.version,
    updatedAt: mapping.updatedAt.toISOString(),
    updatedBy: mapping.updatedBy,
    hubspot: mapping.hubspot && viewEnd(mapping.hubspot),
    lead: mapping.lead && viewEnd(mapping.lead),
    contact: mapping.contact && viewEnd(mapping.contact),
    salesforce: mapping.salesforce && viewEnd(mapping.salesforce),
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
    controlledBy: field.controlledBy ?? null,
    options: (field.options ?? []).filter((option) => option.active).map(({ value, label }) => ({ value, label })),
  };
}
