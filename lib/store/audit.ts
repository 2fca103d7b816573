import { getDatabase } from "./client";
import type { Prisma } from "./generated/client";

export type AuditAction =
  | "signed_in"
  | "user_created"
  | "connected"
  | "connection_refused"
  | "disconnected"
  | "id_fields_created"
  | "prepared"
  | "settings_changed"
  | "resumed"
  | "mapping_created"
  | "mapping_changed"
  | "mapping_deleted"
  | "check_started"
  | "record_synced"
  | "keys_rotated";

/** `by` is a person's email, "api-key" or "system"; `detail` holds old and new values, never a secret. */
export type AuditNote = {
  connectionId: string | null;
  by: string;
  action: AuditAction;
  detail?: Record<string, unknown>;
};

export async function recordAudit(note: AuditNote): Promise<void> {
  await getDatabase().auditEntry.create({
    data: { ...note, detail: (note.detail ?? {}) as Prisma.InputJsonObject },
  });
}
