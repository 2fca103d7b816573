import { decideLifecycle, type LifecycleFacts } from "@/lib/decide/lifecycle";
import type { DerivedValue } from "@/lib/decide/record-snapshot";
import { addLifecycleFacts, type PersonFacts, readPersonFacts } from "@/lib/store/lifecycle-facts";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { CAMPAIGN_NAMES_PROPERTY } from "./campaign-names-property";

const NO_FACTS: PersonFacts = {
  converted: false,
  openOpportunity: false,
  wonOpportunity: false,
  campaignNames: null,
};

/**
 * L1, K1: what follows for a HubSpot contact from what checks have heard of its Salesforce partner: the lifecycle stage and
 * the names of its campaigns. No call: the facts are kept.
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
  for (const work of works) work.derived = deriveValues(batch, work, facts.get(work.salesforce?.id ?? "") ?? NO_FACTS);
}

/** A pair that came over from its lead in this batch; kept at once, since the next sync sees a contact like any other. */
async function noteConversions(connectionId: string, works: RecordWork[]): Promise<void> {
  const converted = works.filter(
    ({ claimed, salesforce }) => claimed.salesforceType === "Lead" && salesforce?.type === "Contact",
  );
  const facts = converted.map((work): [string, Partial<LifecycleFacts>] => [
    work.salesforce?.id ?? "",
    { converted: true },
  ]);
  await addLifecycleFacts(connectionId, new Map(facts));
}

function deriveValues(batch: Batch, work: RecordWork, facts: PersonFacts): DerivedValue[] {
  const { settings, connection } = batch.context;
  const { lifecycle, campaigns } = connection.settings;
  const { hubspot: schema } = settings.schemas;
  const order = (schema.lifecyclestage?.options ?? []).map((option) => option.value);
  const stage = decideLifecycle(work.hubspot?.values.lifecyclestage ?? null, facts, lifecycle, order);
  const derived: DerivedValue[] = [];
  if (stage !== null) derived.push({ property: "lifecyclestage", value: stage, source: sourceOf(facts) });
  // Without a person's consent the property was not made.
  if (campaigns.namesProperty && facts.campaignNames !== null && CAMPAIGN_NAMES_PROPERTY.name in schema)
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
