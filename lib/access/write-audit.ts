import { AUDIT_ACTIONS, type AuditAction, recordAudit } from "@/lib/store/audit";

/** One line of the audit log: who did what, with old and new values and never a secret. */
export async function writeAudit(
  by: string,
  action: AuditAction,
  connectionId: string | null,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await recordAudit({ by, action, connectionId, detail });
}

/** Everything that can stand in the log, for its filter. */
export function listAuditActions(): readonly AuditAction[] {
  return AUDIT_ACTIONS;
}
