import { z } from "zod";
import { SALESFORCE_TYPES, SYNC_OBJECTS } from "@/lib/decide/record-types";
import { journalChangeSchema, triggerSchema } from "./records";

const instant = z.iso.datetime();
const object = z.enum(SYNC_OBJECTS);
const side = z.enum(["hubspot", "salesforce"]);

const filters = {
  object: object.optional(),
  /** A HubSpot property or Salesforce field by its API name */
  field: z.string().trim().max(200).optional(),
  winner: side.optional(),
  /** Syncs from this moment on */
  from: instant.optional(),
  /** Syncs before this moment */
  to: instant.optional(),
};

/** GET /api/conflicts — newest first, keyset pages of syncs: one sync may have settled several fields. */
export const conflictQuerySchema = z.object({
  ...filters,
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One field that was edited on both sides since the pair was last in sync, and how it was settled (spec X3). */
export const conflictSchema = z.object({
  /** Of the entry in the record's history, and which of its changes it is */
  entryId: z.string(),
  at: instant,
  runId: z.string().nullable(),
  /** A person who synced by hand */
  by: z.string().nullable(),
  /** What made the record due */
  triggers: z.array(triggerSchema),
  record: z.object({
    id: z.string(),
    object,
    name: z.string(),
    company: z.string(),
    salesforceType: z.enum(SALESFORCE_TYPES).nullable(),
    hubspotUrl: z.string().nullable(),
    salesforceUrl: z.string().nullable(),
  }),
  /** `before` is the value that lost, `after` the one that won, both as the written side holds them */
  change: journalChangeSchema,
});
export type Conflict = z.infer<typeof conflictSchema>;

export const conflictListSchema = z.object({
  conflicts: z.array(conflictSchema),
  nextCursor: z.string().nullable(),
  /** Fields that had conflicts lately, for the filter; with the first page only */
  fields: z.array(z.object({ name: z.string(), label: z.string() })),
});
export type ConflictList = z.infer<typeof conflictListSchema>;

/** GET /api/conflicts/export — the same filters as CSV. */
export const conflictExportQuerySchema = z.object(filters);
