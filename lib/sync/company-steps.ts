import type { ObjectSteps } from "./batch-steps";
import { type Batch, openWorks } from "./batch-work";
import { deriveContactValues } from "./derive-contact-values";
import { gatherCompanies } from "./gather-companies";
import { retryMembers } from "./gather-members";
import { matchCompanies } from "./match-companies";
import { matchContacts } from "./match-contacts";
import { writeCompanyAssociations } from "./write-company-associations";

/** P1: companies and accounts. */
export const COMPANY_STEPS: ObjectSteps = { match: matchCompanies };

/** Contacts meet their lead or contact first: only then it is known whether there is an account to speak of. */
export const CONTACT_STEPS: ObjectSteps = { match: matchContactsAndCompanies, finish: writeCompanyAssociations };

/** A contact never waits for its company: it syncs without, and the account follows when the company is in sync (P1). */
async function matchContactsAndCompanies(batch: Batch): Promise<void> {
  await matchContacts(batch);
  await deriveContactValues(batch);
  await retryMembers(batch);
  const unpaired = await gatherCompanies(batch);
  for (const work of openWorks(batch)) work.follows.push(...(unpaired.get(work) ?? []));
}
