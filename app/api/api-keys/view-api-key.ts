import { toRole } from "@/app/api/users/view-user";
import type { ApiKeyView } from "@/lib/contracts/api-keys";

type Key = {
  id: string;
  name: string;
  role: string;
  prefix: string;
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  revokedBy: string | null;
};

export function viewApiKey(key: Key): ApiKeyView {
  return {
    ...key,
    role: toRole(key.role),
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
