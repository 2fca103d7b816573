import { z } from "zod";
import { ACTIVITY_TOGGLES } from "@/lib/decide/activity-toggles";
import { LIFECYCLE_STEPS, SALESFORCE_ACTIVITY_TOGGLES } from "@/lib/decide/connection-settings";
import { SALESFORCE_TYPES } from "@/lib/decide/record-types";

const creation = z.enum(["create", "nothing"]);
const remoteId = z.string().min(1).max(64);
const words = z.string().max(255);

export const fieldConditionSchema = z.object({
  field: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[A-Za-z0-9_]+$/),
  operator: z.enum(["is", "is_not", "contains", "not_contains", "is_blank", "is_not_blank", "greater", "less"]),
  values: z.array(z.string().max(1000)).max(100),
});
const conditions = z.array(fieldConditionSchema).max(20);

const inclusionList = z.object({ listId: remoteId, name: words }).nullable();
const otherObject = z.object({ on: z.boolean(), toSalesforce: creation, toHubSpot: creation });
const toggles = <Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.boolean()])) as Record<Name, z.ZodBoolean>);
const perType = <Value extends z.ZodType>(value: Value) => z.partialRecord(z.enum(SALESFORCE_TYPES), value);

/** Everything that can be set for a connection; see ConnectionSettings for what each means. */
export const settingsSchema = z.object({
  checkEveryMinutes: z.number().int().min(1).max(60),
  contactSyncOn: z.boolean(),
  leadToHubSpot: creation,
  contactToHubSpot: creation,
  hubspotToSalesforce: z.enum(["lead", "contact", "nothing"]),
  leadOrContactRules: z.array(z.object({ conditions, create: z.enum(["Lead", "Contact"]) })).max(50),
  defaults: perType(z.record(z.string().max(80), words)),
  company: otherObject.extend({ matchByDomain: z.boolean() }),
  deal: otherObject,
  activities: toggles(ACTIVITY_TOGGLES),
  rollUpEmailEvents: z.boolean(),
  salesforceActivities: toggles(SALESFORCE_ACTIVITY_TOGGLES),
  activityLanguage: z.enum(["en", "ja"]),
  inclusionLists: z.object({ contact: inclusionList, company: inclusionList, deal: inclusionList }),
  salesforceFilter: perType(conditions),
  whenDeletedInSalesforce: z.enum(["nothing", "archive"]),
  whenDeletedInHubSpot: z.enum(["nothing", "delete"]),
  brakeAt: z.number().int().min(1).max(10_000_000).nullable(),
  lifecycle: z.object({
    on: z.boolean(),
    steps: z.object(
      Object.fromEntries(LIFECYCLE_STEPS.map((step) => [step, words.nullable()])) as Record<
        (typeof LIFECYCLE_STEPS)[number],
        z.ZodNullable<typeof words>
      >,
    ),
    leadStatus: z.record(words, words),
  }),
  campaigns: z.object({
    rules: z
      .array(
        z.object({
          formId: z.string().min(1).max(100),
          campaignId: remoteId,
          campaignName: words,
          status: words,
          // Told, never taken: the engine keeps the moment at which a rule was made.
          since: z.iso.datetime().optional(),
        }),
      )
      .max(500),
    namesProperty: z.boolean(),
  }),
  owners: z.object({ pairs: z.record(remoteId, remoteId), defaultUserId: remoteId.nullable() }),
  stagePairs: z
    .array(z.object({ pipelineId: words, stageId: words, stageName: words, recordTypeId: remoteId.nullable() }))
    .max(500),
  salesforceDailyCalls: z.number().int().min(100).max(100_000_000).nullable(),
  salesforceEvents: z.boolean(),
});

/** When each toggle was last turned on: what was last changed before does not travel (spec A1). Told, never taken. */
export const activitiesSinceSchema = z.object({
  hubspot: z.partialRecord(z.enum(ACTIVITY_TOGGLES), z.iso.datetime()),
  salesforce: z.partialRecord(z.enum(SALESFORCE_ACTIVITY_TOGGLES), z.iso.datetime()),
});

/** PATCH /api/connection/settings: groups are merged one level deep (409 changed_meanwhile on another version). */
export const settingsPatchSchema = settingsSchema.partial().extend({
  version: z.number().int(),
  company: settingsSchema.shape.company.partial().optional(),
  deal: settingsSchema.shape.deal.partial().optional(),
  activities: settingsSchema.shape.activities.partial().optional(),
  salesforceActivities: settingsSchema.shape.salesforceActivities.partial().optional(),
  inclusionLists: settingsSchema.shape.inclusionLists.partial().optional(),
  lifecycle: settingsSchema.shape.lifecycle.partial().optional(),
  campaigns: settingsSchema.shape.campaigns.partial().optional(),
  owners: settingsSchema.shape.owners.partial().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
