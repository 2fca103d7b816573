import { z } from "zod";

const instant = z.iso.datetime();

export const auditEntrySchema = z.object({
  id: z.string(),
  at: instant,
  /** A person's address, "api-key" (that of the settings), "api-key:<name>" or "system" */
  by: z.string(),
  /** Worded in messages under `settings.audit.actions` */
  action: z.string(),
  /** Facts; what was changed stands under `before` and `after` (or `change`) */
  detail: z.record(z.string(), z.unknown()),
  /** Covers this entry and the hash of the one before it; null in entries from before the chain */
  hash: z.string().nullable(),
});
export type AuditEntryView = z.infer<typeof auditEntrySchema>;

const filters = {
  by: z.string().max(320).optional(),
  action: z.string().max(60).optional(),
  /** Entries from this moment on */
  from: instant.optional(),
  /** Entries before this moment */
  to: instant.optional(),
  search: z.string().trim().max(200).optional(),
};

/** GET /api/audit — newest first. */
export const auditQuerySchema = z.object({
  ...filters,
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const auditListSchema = z.object({
  entries: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
  /** Who and what can be filtered by; with the first page only */
  actors: z.array(z.string()),
  actions: z.array(z.string()),
});
export type AuditList = z.infer<typeof auditListSchema>;

/** GET /api/audit/export — the same filters as CSV. */
export const auditExportQuerySchema = z.object(filters);

/** GET /api/audit/verify — walks the chain of hashes. */
export const auditChainSchema = z.object({
  checked: z.number().int(),
  /** The first entry that was changed, or before which one is missing; null: none */
  brokenAt: z.object({ id: z.string(), at: instant }).nullable(),
  head: z.string().nullable(),
});
export type AuditChain = z.infer<typeof auditChainSchema>;
