import { z } from "zod";
import { MAPPED_OBJECTS, SALESFORCE_TYPES, UPDATE_RULES } from "@/lib/decide/record-types";
import { fieldRowSchema } from "./records";

export const mappedObjectSchema = z.enum(MAPPED_OBJECTS);
/** ?object= on the lists of this page; contacts where nothing is said */
export const mappedObjectQuerySchema = z.object({ object: mappedObjectSchema.default("contact") });
const salesforceTypeSchema = z.enum(SALESFORCE_TYPES);

export const updateRuleSchema = z.enum(UPDATE_RULES);

export const mappingFindingSchema = z.object({
  severity: z.enum(["error", "warning"]),
  /** Worded in messages under `mappings.issues.<issue>` */
  issue: z.string(),
  on: z.enum([...SALESFORCE_TYPES, "mapping"]),
  values: z.array(z.string()).optional(),
});
export type MappingFinding = z.infer<typeof mappingFindingSchema>;

export const fieldEndSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.string(),
  remoteType: z.string(),
  readOnly: z.boolean(),
  calculated: z.boolean(),
  required: z.boolean(),
  length: z.number().int().nullable(),
  /** Salesforce: label of the field that decides which options are allowed */
  controlledBy: z.string().nullable(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type FieldEnd = z.infer<typeof fieldEndSchema>;

export const mappingSchema = z.object({
  id: z.string(),
  object: mappedObjectSchema,
  hubspotProperty: z.string(),
  leadField: z.string().nullable(),
  contactField: z.string().nullable(),
  /** The field of an Account, Opportunity or Task; contacts have none */
  salesforceField: z.string().nullable(),
  rule: updateRuleSchema,
  valueMap: z.record(z.string(), z.string()),
  isDefault: z.boolean(),
  version: z.number().int(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string().nullable(),
  hubspot: fieldEndSchema.nullable(),
  lead: fieldEndSchema.nullable(),
  contact: fieldEndSchema.nullable(),
  salesforce: fieldEndSchema.nullable(),
  findings: z.array(mappingFindingSchema),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** GET /api/mappings */
export const mappingListSchema = z.object({
  mappings: z.array(mappingSchema),
  /** Required Salesforce fields that neither a mapping nor a default fills */
  requiredUnfilled: z.array(
    z.object({
      type: salesforceTypeSchema,
      field: z.string(),
      label: z.string(),
      /** Whether HubSpot records become records of this type with the settings as they are */
      isCreated: z.boolean(),
    }),
  ),
});
export type MappingList = z.infer<typeof mappingListSchema>;

/** GET /api/mappings/fields — everything that can be chosen in the editor */
export const mappingFieldsSchema = z.object({
  hubspot: z.array(fieldEndSchema),
  lead: z.array(fieldEndSchema),
  contact: z.array(fieldEndSchema),
  /** Fields of the one Salesforce type of a company, deal or task */
  salesforce: z.array(fieldEndSchema),
});
export type MappingFields = z.infer<typeof mappingFieldsSchema>;

const fieldName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[A-Za-z0-9_]+$/);

/** POST /api/mappings; the same body on POST /api/mappings/check answers with the findings and saves nothing. */
export const mappingInputSchema = z.object({
  object: mappedObjectSchema.default("contact"),
  hubspotProperty: fieldName,
  leadField: fieldName.nullable().default(null),
  contactField: fieldName.nullable().default(null),
  salesforceField: fieldName.nullable().default(null),
  rule: updateRuleSchema,
  valueMap: z.record(z.string().max(1000), z.string().max(1000)).default({}),
});
export type MappingInput = z.infer<typeof mappingInputSchema>;

/** PATCH /api/mappings/{id}: `version` is the one the editor was opened with; another → 409 changed_meanwhile. */
export const mappingPatchSchema = z.object({
  version: z.number().int(),
  hubspotProperty: fieldName.optional(),
  leadField: fieldName.nullable().optional(),
  contactField: fieldName.nullable().optional(),
  salesforceField: fieldName.nullable().optional(),
  rule: updateRuleSchema.optional(),
  valueMap: z.record(z.string().max(1000), z.string().max(1000)).optional(),
});
export type MappingPatch = z.infer<typeof mappingPatchSchema>;

/** DELETE /api/mappings/{id}?version= */
export const mappingDeleteQuerySchema = z.object({ version: z.coerce.number().int() });

export const mappingCheckSchema = z.object({ findings: z.array(mappingFindingSchema) });

/** POST /api/mappings/try — what the mapping as edited would do with one record; null = its Salesforce type has no such field. */
export const mappingTryInputSchema = mappingInputSchema.extend({ recordId: z.uuid() });
export const mappingTrialSchema = z.object({
  /** `after` = the value that would be written, null when nothing would be */
  field: fieldRowSchema.extend({ after: fieldRowSchema.shape.hubspot }).nullable(),
});
export type MappingTrial = z.infer<typeof mappingTrialSchema>;

/** GET /api/mappings/suggestions — not yet mapped pairs, best first; accept one with POST /api/mappings. */
export const mappingSuggestionsSchema = z.object({
  suggestions: z.array(
    mappingInputSchema.extend({
      reason: z.enum(["known_pair", "same_name", "same_label"]),
      hubspotLabel: z.string(),
      salesforceLabel: z.string(),
    }),
  ),
});
export type MappingSuggestions = z.infer<typeof mappingSuggestionsSchema>;
