import { checkAuditChain } from "@/lib/access/check-audit-chain";
import type { AuditChain } from "@/lib/contracts/audit";
import { defineRoute } from "@/lib/server/route";

/** Computes every hash of the log anew and tells the first entry that does not fit. */
export const GET = defineRoute({
  allow: "administer",
  handle: async (): Promise<AuditChain> => {
    const { checked, brokenAt, head } = await checkAuditChain();
    return { checked, head, brokenAt: brokenAt && { id: brokenAt.id, at: brokenAt.at.toISOString() } };
  },
});
