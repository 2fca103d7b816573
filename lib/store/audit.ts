import { createHash } from "node:crypto";
import { getDatabase, inTransaction } from "./client";
import type { Prisma } from "./generated/client";

/** Everything that is written down; worded in messages under `settings.audit.actions`. */
export const AUDIT_ACTIONS = [
  "signed_in",
  "user_created",
  "user_changed",
  "user_deactivated",
  "user_reactivated",
  "user_invited",
  "invitation_revoked",
  "invitation_accepted",
  "password_link_made",
  "password_set",
  "api_key_created",
  "api_key_revoked",
  "audit_exported",
  "connected",
  "account_switched",
  "connection_refused",
  "disconnected",
  "id_fields_created",
  "prepared",
  "settings_changed",
  "resumed",
  "mapping_created",
  "mapping_changed",
  "mapping_deleted",
  "check_started",
  "record_synced",
  "job_started",
  "job_cancelled",
  "pairs_merged",
  "relinked",
  "brake_decided",
  "keys_rotated",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** `by` is a person's email, "api-key", "api-key:<its name>" or "system"; `detail` holds old and new values, never a secret. */
export type AuditNote = {
  connectionId: string | null;
  by: string;
  action: AuditAction;
  detail?: Record<string, unknown>;
};

/** One entry with the place in the chain that its hash is made over. */
export type ChainedEntry = { id: string; at: Date; by: string; action: string; detail: unknown; hash: string | null };

/** An arbitrary constant that differs from other advisory locks of this database: one entry is written at a time. */
const CHAIN_LOCK = 7265031;

/**
 * Writes one entry at the end of the chain: its hash covers its content and the hash before it, so that a changed, moved
 * or missing entry shows. (Who can write to the database can also make the whole chain anew; the newest hash in an
 * export is what that would be held against.)
 */
export async function recordAudit(note: AuditNote): Promise<void> {
  // As PostgreSQL gives it back later: without undefined, dates as text.
  const detail = JSON.parse(JSON.stringify(note.detail ?? {})) as Prisma.InputJsonObject;
  await inTransaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`;
    const last = await transaction.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { hash: true } });
    const entry = { ...note, id: crypto.randomUUID(), at: new Date(), detail };
    const hash = hashEntry({ ...entry, hash: null }, last?.hash ?? "");
    await transaction.auditEntry.create({ data: { ...entry, hash } });
  });
}

/** SHA-256 over the entry and the hash before it ("" at the beginning). Keys are sorted: jsonb keeps no order. */
export function hashEntry(entry: ChainedEntry, before: string): string {
  const { id, at, by, action, detail } = entry;
  const text = JSON.stringify([before, id, at.toISOString(), by, action, sortKeys(detail)]);
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sortKeys(inner)]);
}

/** Entries in the order of writing, for checking the chain; `after`: the place before the first one. */
export async function listChain(after: bigint, limit: number): Promise<(ChainedEntry & { seq: bigint })[]> {
  return getDatabase().auditEntry.findMany({
    where: { seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit,
    select: { id: true, at: true, by: true, action: true, detail: true, hash: true, seq: true },
  });
}
