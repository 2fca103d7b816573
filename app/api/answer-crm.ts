import { refuseFailure } from "@/lib/server/refuse-failure";
import { tryCrm } from "@/lib/sync/try-crm";

/** Runs what asks a CRM while a person waits: its failure becomes the API's refusal. */
export async function answerCrm<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const tried = await tryCrm(work);
  if (!tried.ok) throw refuseFailure(tried.failure);
  return tried.answer;
}
