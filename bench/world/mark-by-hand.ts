import { findKnownRecords, markRecordDue } from "@/lib/store/record-marks";

/** Marks contacts due as a person's button does: both sides are read again before anything is decided. */
export async function markByHand(connectionId: string, hubspotIds: string[]): Promise<void> {
  const known = await findKnownRecords(connectionId, "contact", "hubspot", hubspotIds);
  for (const record of known.values()) {
    const trigger = { code: "manual", side: null, fields: [], at: new Date().toISOString(), by: null };
    await markRecordDue(connectionId, record.id, trigger);
  }
}
