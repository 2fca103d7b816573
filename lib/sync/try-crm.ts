import { CrmCallError } from "@/lib/crm/face";
import type { RemoteFailure } from "@/lib/decide/classify-error";

export type Tried<Answer> = { ok: true; answer: Answer } | { ok: false; failure: RemoteFailure };

/** Asks a CRM for a person who waits: what it refused is told, not thrown. */
export async function tryCrm<Answer>(work: () => Promise<Answer>): Promise<Tried<Answer>> {
  try {
    return { ok: true, answer: await work() };
  } catch (error) {
    if (error instanceof CrmCallError) return { ok: false, failure: error.failure };
    throw error;
  }
}
