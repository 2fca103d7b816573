import { nameCampaigns } from "@/lib/decide/decide-campaign";
import { decideLifecycle, type LifecycleFacts, stageOrder } from "@/lib/decide/lifecycle";
import type { DerivedValue } from "@/lib/decide/record-snapshot";
import { addConversions, type PersonFacts, readPersonFacts, saveCampaignNames } from "@/lib/store/lifecycle-facts";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { CAMPAIGN_NAMES_PROPERTY } from "./campaign-names-property";

const NO_FACTS: PersonFacts = {
  converted: false,
  openOpportunity: false,
  wonOpportunity: false,
  campaignNames: null,
  openHeardAt: null,
  wonHeardAt: null,
};

/**
 * L1, K1: what follows for a HubSpot contact from what checks have heard of its Salesforce partner: the lifecycle stage and
 * the names of its campaigns. The facts are kept: only the campaigns of somebody new to us are asked for, once.
 */
export async function deriveContactValues(batch: Batch): Promise<void> {
  const { connectionId, connection } = batch.context;
  const { lifecycle, campaigns } = connection.settings;
  if (!lifecycle.on && !campaigns.namesProperty) return;
  const works = openWorks(batch).filter((work) => work.salesforce !== null);
  if (lifecycle.on) await noteConversions(connectionId, works);
  const facts = await readPersonFacts(
    connectionId,
    works.flatMap((work) => work.salesforce?.id ?? []),
  );
  if (namesCampaigns(batch)) await askForCampaigns(batch, works, facts);
  for (const work of works) {
    work.facts = facts.get(work.salesforce?.id ?? "") ?? NO_FACTS;
    work.derived = deriveValues(batch, work, work.facts);
  }
}

/** Without a person's consent the property was not made. */
function namesCampaigns({ context: { connection, settings } }: Batch): boolean {
  return connection.settings.campaigns.namesProperty && CAMPAIGN_NAMES_PROPERTY.name in settings.schemas.hubspot;
}

/** Checks tell of members that change: whoever became known since, or was a lead before, may long have been one. */
async function askForCampaigns(batch: Batch, works: RecordWork[], facts: Map<string, PersonFacts>): Promise<void> {
  const unasked = works.filter(({ salesforce }) => (facts.get(salesforce?.id ?? "")?.campaignNames ?? null) === null);
  if (unasked.length === 0) return;
  const names = await batch.crms.salesforce.campaigns.readNames(unasked.map(({ salesforce }) => salesforce?.id ?? ""));
  const texts = new Map([...names].map(([id, own]) => [id, nameCampaigns(own)]));
  await saveCampaignNames(batch.context.connectionId, texts);
  for (const work of unasked) {
    work.calls += 1;
    const id = work.salesforce?.id ?? "";
    facts.set(id, { ...NO_FACTS, ...facts.get(id), campaignNames: texts.get(id) ?? null });
  }
}

/** A pair that came over from its lead in this batch; kept at once, since the next sync sees a contact like any other. */
async function noteConversions(connectionId: string, works: RecordWork[]): Promise<void> {
  const converted = works.filter(
    ({ claimed, salesforce }) => claimed.salesforceType === "Lead" && salesforce?.type === "Contact",
  );
  await addConversions(
    connectionId,
    converted.flatMap(({ salesforce }) => salesforce?.id ?? []),
  );
}

function deriveValues(batch: Batch, work: RecordWork, facts: PersonFacts): DerivedValue[] {
  const { settings, connection } = batch.context;
  const { lifecycle } = connection.settings;
  const order = stageOrder(settings.schemas.hubspot);
  const stage = decideLifecycle(work.hubspot?.values.lifecyclestage ?? null, facts, lifecycle, order);
  const derived: DerivedValue[] = [];
  if (stage !== null) derived.push({ property: "lifecyclestage", value: stage, source: sourceOf(facts) });
  if (namesCampaigns(batch) && facts.campaignNames !== null)
    derived.push({
      property: CAMPAIGN_NAMES_PROPERTY.name,
      value: facts.campaignNames,
      source: "CampaignMember",
    });
  return derived;
}

function sourceOf(facts: LifecycleFacts): string {
  return facts.openOpportunity || facts.wonOpportunity ? "OpportunityContactRole" : "IsConverted";
}
