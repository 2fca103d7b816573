import type { HubSpotReading } from "@/lib/decide/record-types";
import { getDatabase } from "@/lib/store/client";
import { findMergedRows } from "@/lib/store/merge-rows";
import { markRecordsDue } from "@/lib/store/record-marks";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";

/**
 * M5: a record that was merged away in HubSpot is in no search any more, but its survivor is, and names it. Rows of ours
 * that hold such an id become due; where they lead is asked when they are read.
 */
export async function noteMerges({ connectionId, object }: SyncContext, readings: HubSpotReading[]): Promise<void> {
  const survivors = new Map(
    readings.flatMap((reading) => {
      const merged = String(reading.values.hs_merged_object_ids ?? "").split(";");
      return merged.filter((id) => id !== "" && id !== reading.id).map((id) => [id, reading.id] as const);
    }),
  );
  if (survivors.size === 0) return;
  const rows = await findMergedRows(connectionId, object, [...survivors.keys()]);
  await markRecordsDue(
    getDatabase(),
    connectionId,
    rows.map(({ id, hubspotId }) => {
      const survivor = survivors.get(hubspotId) ?? "";
      return { recordId: id, trigger: newTrigger("merged", "hubspot", [survivor]) };
    }),
  );
}
