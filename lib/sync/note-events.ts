import type { HubSpotEvents } from "@/lib/contracts/hubspot-events";
import { nameWokenRecords } from "@/lib/decide/name-woken-records";
import { inTransaction } from "@/lib/store/client";
import { signalWork } from "@/lib/store/wake-signal";
import { findConnectionsOfPortal, noteWebhook, saveWakeUps } from "@/lib/store/wake-ups";

/**
 * T18: notes which records the events of a signed webhook name; nothing is read, decided or written here. Events of
 * portals that are not ours, and a request that was taken before (same signature), change nothing.
 */
export async function noteHubSpotEvents(signature: string, events: HubSpotEvents): Promise<void> {
  const wanted: { connectionId: string; records: ReturnType<typeof nameWokenRecords> }[] = [];
  for (const portalId of new Set(events.map((event) => event.portalId))) {
    const records = nameWokenRecords(events.filter((event) => event.portalId === portalId));
    if (records.length === 0) continue;
    for (const connectionId of await findConnectionsOfPortal(String(portalId))) wanted.push({ connectionId, records });
  }
  if (wanted.length === 0) return;
  await inTransaction(async (tx) => {
    if (!(await noteWebhook(tx, signature))) return;
    for (const { connectionId, records } of wanted) {
      await saveWakeUps(tx, connectionId, "hubspot", records);
      await signalWork(connectionId, tx);
    }
  });
}
