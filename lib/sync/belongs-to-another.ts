import { emailsOfSalesforce } from "@/lib/decide/match-records";
import type { HubSpotReading, SalesforceReading } from "@/lib/decide/record-types";
import { findHubSpotByEmails } from "@/lib/store/record-claims";

/**
 * M1: the survivor's address is that of another HubSpot contact, which is its partner and will be joined with it. One that
 * was merged into this contact is no other: its own row only has not heard of it yet.
 */
export async function belongsToAnother(
  connectionId: string,
  { values }: SalesforceReading,
  hubspot: HubSpotReading | null,
): Promise<boolean> {
  const known = await findHubSpotByEmails(connectionId, emailsOfSalesforce(values));
  const own = [hubspot?.id, ...String(hubspot?.values.hs_merged_object_ids ?? "").split(";")];
  return known.some((contact) => !own.includes(contact.hubspotId));
}
