import { readDealFacts } from "@/lib/store/deal-facts";
import { type Batch, openWorks } from "./batch-work";
import { loadDealFacts, refreshDealFacts } from "./deal-facts";

/** A stage that is really gone must not be asked for with every batch. */
const ASK_AGAIN_MS = 60_000;

/**
 * A stage that we do not know was made after we last looked: both systems are asked for theirs once more (four calls), at
 * most once a minute. Runs ask for no descriptions otherwise (spec Q2).
 */
export async function refreshUnknownStages(batch: Batch): Promise<void> {
  const { connectionId, connection, settings } = batch.context;
  const { stages } = settings.deal ?? {};
  if (stages && !hasUnknownStage(batch)) return;
  const { readAt } = await readDealFacts(connectionId);
  if (readAt !== null && Date.now() - readAt.getTime() < ASK_AGAIN_MS) return;
  await refreshDealFacts(connectionId, batch.crms);
  const deal = await loadDealFacts(connectionId, connection.settings.stagePairs);
  batch.context = { ...batch.context, settings: { ...settings, deal } };
}

function hasUnknownStage(batch: Batch): boolean {
  const { stages } = batch.context.settings.deal ?? {};
  const hubspot = new Set(stages?.hubspot.map((stage) => `${stage.pipelineId}/${stage.stageId}`));
  const salesforce = new Set(stages?.salesforce.map((stage) => stage.name));
  return openWorks(batch).some((work) => {
    const deal = work.hubspot?.values;
    const stageName = work.salesforce?.values.StageName;
    const isUnknownDeal = deal?.dealstage ? !hubspot.has(`${deal.pipeline ?? ""}/${deal.dealstage}`) : false;
    return isUnknownDeal || (stageName ? !salesforce.has(String(stageName)) : false);
  });
}
