import { z } from "zod";
import { runSchema } from "./overview";
import { journalChangeSchema, syncObjectSchema, timelineEntrySchema } from "./records";

/** GET /api/runs?before=&kind=&status= — newest first; `before` is the `next` of the page before. */
export const runListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: z.string().max(100).optional(),
  kind: runSchema.shape.kind.optional(),
  status: runSchema.shape.status.optional(),
});
export const runListSchema = z.object({ runs: z.array(runSchema), next: z.string().nullable() });
export type RunList = z.infer<typeof runListSchema>;

/** What a run did to one record; records that it looked at and left alone are not told. */
const runEntrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  record: z.object({ id: z.string(), object: syncObjectSchema, name: z.string() }),
  outcome: timelineEntrySchema.shape.outcome,
  changes: z.array(journalChangeSchema),
  error: timelineEntrySchema.shape.error,
});
export type RunEntry = z.infer<typeof runEntrySchema>;

/** GET /api/runs/{id}?before= — the run with one page of what it did, newest first. */
export const runDetailQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  before: z.string().max(100).optional(),
});
export const runDetailSchema = z.object({
  run: runSchema,
  entries: z.array(runEntrySchema),
  next: z.string().nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;
