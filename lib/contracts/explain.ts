import { z } from "zod";
import { SYNC_OBJECTS } from "@/lib/decide/record-types";
import { gateSchema, recordStateSchema } from "./records";

const remoteId = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[A-Za-z0-9]+$/);

/** GET /api/explain?hubspotId=|salesforceId=|email= — why a record of either side is (not) syncing, known to us or not (spec G6). */
export const explainQuerySchema = z
  .object({
    hubspotId: remoteId.optional(),
    salesforceId: remoteId.optional(),
    /** Of a person: a HubSpot contact, else a lead or contact of Salesforce */
    email: z.email().max(254).optional(),
    /** Whose HubSpot id it is; Salesforce ids tell it themselves */
    object: z.enum(["contact", "company", "deal", "task", "call", "email", "meeting", "note"]).default("contact"),
  })
  .refine(
    ({ hubspotId, salesforceId, email }) =>
      [hubspotId, salesforceId, email].filter((id) => id !== undefined).length === 1,
    { message: "one_of_hubspotId_salesforceId_email", path: ["hubspotId"] },
  );
export type ExplainQuery = z.infer<typeof explainQuerySchema>;

export const explanationSchema = z.object({
  /** Null: no check and no event has named it yet; it was read just now */
  recordId: z.string().nullable(),
  object: z.enum(SYNC_OBJECTS),
  state: recordStateSchema.nullable(),
  exclusionReason: z.string().nullable(),
  hubspotId: z.string().nullable(),
  salesforceId: z.string().nullable(),
  /** What a direct read said of the asked-for record; "known" when none was needed */
  found: z.enum(["known", "here", "deleted", "merged", "not_visible"]),
  /** merged: the record that it became */
  survivorId: z.string().nullable(),
  gates: z.array(gateSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;

/** POST /api/records/{id}/relink — links the record with another Salesforce record and syncs it (spec M2). */
export const relinkSchema = z.object({
  salesforceId: z.string().regex(/^[A-Za-z0-9]{15,18}$/),
});
