import { getDatabase } from "@/lib/store/client";
import type { SyncWorld } from "../world";

/**
 * Activities of nobody. An activity is often made first and associated then, which moves no stamp: such a one is due again
 * as long as the check looks back, and written nowhere.
 */
export function countAlone(world: SyncWorld): Promise<number> {
  return getDatabase().syncRecord.count({
    where: {
      connectionId: world.connectionId,
      state: "excluded",
      exclusionReason: "no_contact",
      object: { not: "contact" },
    },
  });
}
