import { emailsOfHubSpot } from "@/lib/decide/match-records";
import { markWaitingForAddress } from "@/lib/store/record-marks";
import type { Batch, RecordWork } from "./batch-work";
import { openWorks } from "./batch-work";
import { newTrigger } from "./new-trigger";
import { heldValues } from "./write-batch";

/**
 * M1: in HubSpot an address is one contact's. Whoever was refused one that another contact has given up in this batch is
 * tried again at once: addresses that move on from contact to contact in Salesforce arrive one after the other.
 */
export async function wakeForFreeAddresses(batch: Batch): Promise<void> {
  if (batch.context.object !== "contact") return;
  const free = new Set(openWorks(batch).flatMap(freedBy));
  if (free.size === 0) return;
  await markWaitingForAddress(batch.context.connectionId, [...free], newTrigger("address_free", null, []));
}

/** Told once, by whoever moved the address: us in this batch, or a person in HubSpot, whose edit made the record due. */
function freedBy(work: RecordWork): string[] {
  const isWritten = "email" in work.hubspotSent && work.hubspotOutcomes.some((outcome) => outcome.ok);
  const isEdited = work.claimed.triggers.some((trigger) => trigger.side === "hubspot");
  if (!work.hubspot || (!isWritten && !isEdited)) return [];
  const before = [...emailsOfHubSpot(work.claimed.base?.hubspot ?? {}), ...emailsOfHubSpot(work.hubspot.values)];
  const now = emailsOfHubSpot(heldValues(work, "hubspot"));
  return before.filter((address) => !now.includes(address));
}
