import { z } from "zod";

const rawValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A run that planned more than it may, and waits for a person's word (spec C4). */
export const brakeSchema = z.object({
  id: z.string(),
  reason: z.enum(["limit", "deletes_above_one_percent"]),
  plannedAt: z.iso.datetime(),
  creates: z.number().int(),
  overwrites: z.number().int(),
  deletes: z.number().int(),
  /** Pairs of the connection at that time */
  pairs: z.number().int(),
  /** Up to 20 of each kind, up to 10 values each */
  samples: z.array(
    z.object({
      recordId: z.string(),
      object: z.string(),
      kind: z.enum(["create", "overwrite", "delete"]),
      /** Where it would be written */
      side: z.enum(["hubspot", "salesforce"]),
      name: z.string(),
      changes: z.array(
        z.object({
          hubspotProperty: z.string(),
          hubspotLabel: z.string(),
          salesforceField: z.string(),
          salesforceLabel: z.string(),
          /** Where it would be written */
          side: z.enum(["hubspot", "salesforce"]),
          before: rawValue,
          after: rawValue,
          /** How the CRM shows them; null when that is the value itself */
          beforeText: z.string().nullable(),
          afterText: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type BrakeView = z.infer<typeof brakeSchema>;
export type BrakeSampleView = BrakeView["samples"][number];

/** GET /api/brake — null: no run waits */
export const brakeAnswerSchema = z.object({ brake: brakeSchema.nullable() });

/** POST /api/brake — approve: exactly that work goes on; dismiss: it is taken back until the records change again. */
export const brakeDecisionSchema = z.object({ id: z.guid(), decision: z.enum(["approve", "dismiss"]) });
/** `withdrawn`: records that were due and no longer are */
export const brakeDecidedSchema = z.object({ withdrawn: z.number().int() });
