import { z } from "zod";
import { recordSortSchema, recordStateSchema } from "./records";

/** The objects that have a list of their own. */
const object = z.enum(["contact", "company", "deal"]);
const code = z
  .string()
  .max(80)
  .regex(/^[a-zA-Z0-9_.-]+$/)
  .nullable();
const name = z.string().trim().min(1).max(60);

/** What GET /api/records takes, null = not narrowed. */
const filtersSchema = z.strictObject({
  search: z.string().trim().max(200),
  state: recordStateSchema.nullable(),
  error: code,
  reason: code,
  /** Id of a HubSpot list; views that were saved before lists could be asked for have none */
  list: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullable()
    .default(null),
  sort: recordSortSchema,
});

export const savedViewSchema = z.object({
  id: z.string(),
  object,
  name: z.string(),
  /** Everybody sees it; else only who made it */
  shared: z.boolean(),
  filters: filtersSchema,
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** GET /api/views?object= — shared ones and the caller's own, by name. */
export const viewListQuerySchema = z.object({ object });
export const viewListSchema = z.object({ views: z.array(savedViewSchema) });

/** POST /api/views: `sync` makes its own, a shared one takes `configure`. */
export const viewCreateSchema = z.strictObject({
  object,
  name,
  shared: z.boolean().default(false),
  filters: filtersSchema,
});
export type ViewCreate = z.infer<typeof viewCreateSchema>;

/** PATCH /api/views/{id} */
export const viewUpdateSchema = z.strictObject({ name: name.optional(), filters: filtersSchema.optional() });
export type ViewUpdate = z.infer<typeof viewUpdateSchema>;
