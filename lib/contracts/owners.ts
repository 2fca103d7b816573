import { z } from "zod";

const person = z.object({ id: z.string(), name: z.string(), email: z.string(), active: z.boolean() });

/** GET /api/owners: the people of both sides as they were last read, and how they meet (spec O1). */
export const ownersSchema = z.object({
  hubspot: z.array(
    person.extend({
      /** The Salesforce user that the sync writes for this owner; null = nobody, Salesforce keeps its own */
      userId: z.string().nullable(),
      /** Paired by an admin, by the same address, or not at all */
      how: z.enum(["hand", "email", "none"]),
    }),
  ),
  salesforce: z.array(person),
  /** Owner of new contacts, accounts and opportunities whose HubSpot owner is nobody in Salesforce */
  defaultUserId: z.string().nullable(),
});
export type OwnersView = z.infer<typeof ownersSchema>;
