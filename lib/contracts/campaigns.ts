import { z } from "zod";

/** GET /api/forms: HubSpot's forms by name; `rules` of the settings name them by id, "*" = every form. */
export const formChoicesSchema = z.object({
  forms: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type FormChoices = z.infer<typeof formChoicesSchema>;

/** GET /api/campaigns: Salesforce's campaigns, the active ones first, with the statuses that a member can have. */
export const campaignChoicesSchema = z.object({
  campaigns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Only active campaigns take members (spec T14) */
      isActive: z.boolean(),
      statuses: z.array(
        z.object({
          label: z.string(),
          /** Counts as a response: a member never goes back from one */
          hasResponded: z.boolean(),
          isDefault: z.boolean(),
        }),
      ),
    }),
  ),
});
export type CampaignChoices = z.infer<typeof campaignChoicesSchema>;
