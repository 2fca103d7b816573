import type { ObjectSteps } from "./batch-steps";
import { type Batch, openWorks } from "./batch-work";
import { gatherCompanies } from "./gather-companies";
import { matchDeals } from "./match-deals";
import { refreshUnknownStages } from "./refresh-unknown-stages";
import { gatherDealContacts, writeDealContacts } from "./sync-deal-contacts";
import { writeCompanyAssociations } from "./write-company-associations";

/** P2: deals and opportunities, with their company and their contacts. */
export const DEAL_STEPS: ObjectSteps = { match: matchDealsAndParents, finish: writeDealParents };

async function matchDealsAndParents(batch: Batch): Promise<void> {
  await matchDeals(batch);
  await refreshUnknownStages(batch);
  const unpaired = await gatherCompanies(batch);
  for (const work of openWorks(batch)) {
    const parents = unpaired.get(work) ?? [];
    // A new deal waits for its account; a pair goes on with everything else, and the account follows.
    const isPaired = work.hubspot !== null && work.salesforce !== null;
    (isPaired ? work.follows : work.waitsFor).push(...parents);
  }
  await gatherDealContacts(batch);
}

async function writeDealParents(batch: Batch): Promise<void> {
  await writeCompanyAssociations(batch);
  await writeDealContacts(batch);
}
