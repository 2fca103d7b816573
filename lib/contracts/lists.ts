import { z } from "zod";

const listObject = z.enum(["contact", "company", "deal"]);

/** GET /api/lists?object=&query= — HubSpot's lists of one object, by name; up to 100. */
export const listQuerySchema = z.object({
  object: listObject.default("contact"),
  query: z.string().max(100).default(""),
});
export const listChoiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number().int(),
  /** Only an active list, whose members HubSpot itself keeps true to its filters, can say who syncs (spec G2) */
  isActive: z.boolean(),
  /** It is the inclusion list of this object now */
  isChosen: z.boolean(),
});
export const listChoicesSchema = z.object({
  lists: z.array(listChoiceSchema),
  /** More lists have the text in their name than are told */
  hasMore: z.boolean(),
});
export type ListChoice = z.infer<typeof listChoiceSchema>;
export type ListChoices = z.infer<typeof listChoicesSchema>;

const affected = z.object({
  count: z.number().int(),
  /** Up to 20; `recordId` is null for a record that was never looked at yet */
  samples: z.array(
    z.object({
      recordId: z.string().nullable(),
      hubspotId: z.string(),
      name: z.string().nullable(),
      email: z.string().nullable(),
    }),
  ),
});

/** GET /api/lists/{id|none}/effect?object= — who would be let in and who would stop, were this the inclusion list, or none. */
export const listEffectQuerySchema = z.object({ object: listObject.default("contact") });
export const listEffectSchema = z.object({
  listId: z.string(),
  name: z.string(),
  size: z.number().int(),
  /** false: the list is longer than what is read for a preview (100,000); the counts are of that part */
  isComplete: z.boolean(),
  /** Members that may not sync now and would sync at their next trigger; choosing the list itself syncs nobody */
  wouldSync: affected,
  /** Records that sync now and are not members */
  wouldStop: affected,
});
export type ListEffect = z.infer<typeof listEffectSchema>;

/** GET /api/lists/{id}/states?object= — how its members stand with us. */
export const listStatesSchema = z.object({
  listId: z.string(),
  size: z.number().int(),
  /** Members counted; fewer than `size` when the list is longer than what is read for this (10,000) */
  counted: z.number().int(),
  isComplete: z.boolean(),
  states: z.object({
    in_sync: z.number().int(),
    due: z.number().int(),
    failing: z.number().int(),
    excluded: z.number().int(),
    /** Never looked at yet */
    unknown: z.number().int(),
  }),
});
export type ListStatesView = z.infer<typeof listStatesSchema>;

/** What is wrong with a chosen list: the last known members stay, nobody new is let in (error type inclusion_list_unusable). */
export const listProblemSchema = z.object({
  type: z.literal("inclusion_list_unusable"),
  object: listObject,
  listId: z.string(),
  name: z.string(),
  why: z.enum(["deleted", "not_active", "wrong_object"]),
});
export type ListProblemView = z.infer<typeof listProblemSchema>;
