import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure, type SyncFailure } from "@/lib/decide/classify-error";
import { readConnection } from "@/lib/store/connections";
import { listUnprepared, prepareObjects } from "./prepare-connection";

/**
 * Objects that were turned on since the connection was prepared get what they need before the next check: descriptions,
 * default mappings and, where the id fields of the other objects were made with consent, theirs. Until then they rest.
 * Answers why they could not be, null when there was nothing to do or it was done.
 */
export async function prepareTurnedOn(connectionId: string): Promise<SyncFailure | null> {
  const connection = await readConnection(connectionId);
  if (connection?.status !== "active" || listUnprepared(connection).length === 0) return null;
  const { hubspot, salesforce } = connection.capabilities;
  const hasConsent = hubspot?.present === true && salesforce?.present === true;
  try {
    await prepareObjects(connection, hasConsent);
    return null;
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    return classifyFailure(error.failure, {});
  }
}
