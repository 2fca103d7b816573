import type { HubSpotCrm, SalesforceCrm } from "@/lib/crm/face";
import type { StagePair } from "@/lib/decide/connection-settings";
import type { DealFacts } from "@/lib/decide/decide-deal-fields";
import { readDealFacts, type StoredDealFacts, saveDealFacts } from "@/lib/store/deal-facts";

/** The kept stages and currencies as the decision takes them; no remote call (spec Q2). */
export async function loadDealFacts(connectionId: string, pairs: readonly StagePair[]): Promise<DealFacts> {
  return toDealFacts(await readDealFacts(connectionId), pairs);
}

/** Asks both CRMs for stages and currencies and keeps them. Four calls. @throws CrmCallError */
export async function refreshDealFacts(
  connectionId: string,
  { hubspot, salesforce }: { hubspot: HubSpotCrm; salesforce: SalesforceCrm },
): Promise<void> {
  const [hubspotStages, account, setup, currencies] = await Promise.all([
    hubspot.readDealStages(),
    hubspot.readAccount(),
    salesforce.readOpportunitySetup(),
    salesforce.readCurrencies(),
  ]);
  await saveDealFacts(connectionId, {
    hubspot: { stages: hubspotStages, currency: account.currency, furtherCurrencies: account.furtherCurrencies },
    salesforce: { ...setup, currencies },
  });
}

function toDealFacts({ hubspot, salesforce }: StoredDealFacts, pairs: readonly StagePair[]): DealFacts {
  if (hubspot === null || salesforce === null) return { stages: null, currencies: null };
  const { currencies } = salesforce;
  return {
    stages: { pairs, hubspot: hubspot.stages, salesforce: salesforce.stages },
    currencies: {
      portalCurrency: hubspot.currency,
      furtherPortalCurrencies: hubspot.furtherCurrencies,
      // An org with one currency does not tell which: it counts as the portal's own, so that only deals in another
      // currency are held back.
      orgCurrency: currencies?.corporate ?? hubspot.currency,
      orgCurrencies: currencies?.active ?? null,
    },
  };
}
