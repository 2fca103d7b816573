import type { StagesView } from "@/lib/contracts/stages";
import {
  type HubSpotStage,
  type MappedStage,
  mapStageToHubSpot,
  mapStageToSalesforce,
  meaningOfHubSpot,
  meaningOfSalesforce,
  type StageSettings,
} from "@/lib/decide/map-stages";
import type { FieldSchema } from "@/lib/decide/record-types";
import { readDealFacts } from "@/lib/store/deal-facts";
import { readAllSchemas } from "@/lib/store/schema-snapshots";
import { readCurrentConnectionId } from "./current-connection";

type Deals = NonNullable<StagesView["deals"]>;

/** What the page of lifecycle and stages chooses from, from what was kept of both sides. No remote call. */
export async function viewStages(): Promise<StagesView> {
  const id = await readCurrentConnectionId();
  const [schemasOf, facts] = await Promise.all([readAllSchemas(id), readDealFacts(id)]);
  const contact = schemasOf("contact");
  const { hubspot, salesforce, readAt } = facts;
  return {
    lifecycle: listChoices(contact.hubspot.lifecyclestage),
    leadStatus: {
      hubspot: listChoices(contact.hubspot.hs_lead_status),
      salesforce: listChoices(contact.Lead.Status),
    },
    deals:
      hubspot === null || salesforce === null
        ? null
        : {
            readAt: readAt?.toISOString() ?? null,
            ...viewDealStages(
              { pairs: [], hubspot: hubspot.stages, salesforce: salesforce.stages },
              listChoices(schemasOf("deal").hubspot.pipeline),
            ),
            recordTypes: salesforce.recordTypes ?? [],
          },
  };
}

function listChoices(field: FieldSchema | undefined): { value: string; label: string }[] {
  return (field?.options ?? []).filter((option) => option.active).map(({ value, label }) => ({ value, label }));
}

/** Every stage with what it meets where no pair says so: `stages.pairs` is empty. */
function viewDealStages(
  stages: StageSettings,
  names: readonly { value: string; label: string }[],
): Pick<Deals, "pipelines" | "salesforce"> {
  const ids = [...new Set(stages.hubspot.map((stage) => stage.pipelineId))];
  return {
    pipelines: ids.map((id) => ({
      id,
      label: names.find((one) => one.value === id)?.label ?? id,
      stages: stages.hubspot.filter((stage) => stage.pipelineId === id).map((stage) => viewHubSpotStage(stage, stages)),
    })),
    salesforce: stages.salesforce.map((stage) => ({
      name: stage.name,
      label: stage.label,
      probability: stage.probability / 100,
      meaning: meaningOfSalesforce(stage),
      isActive: stage.isActive,
      automatic: ids.flatMap((pipelineId) => {
        const met = mapStageToHubSpot({ stageName: stage.name, recordTypeId: null }, stages, pipelineId);
        const by = howMet(met);
        return met.value === null || by === null ? [] : [{ pipelineId, stageId: met.value.stageId, by }];
      }),
    })),
  };
}

function viewHubSpotStage(stage: HubSpotStage, stages: StageSettings): Deals["pipelines"][number]["stages"][number] {
  const met = mapStageToSalesforce(stage, stages);
  const by = howMet(met);
  return {
    id: stage.stageId,
    label: stage.label,
    probability: stage.probability,
    meaning: meaningOfHubSpot(stage),
    automatic: met.value === null || by === null ? null : { stageName: met.value.stageName, by },
  };
}

function howMet({ reason }: MappedStage<unknown>): "label" | "meaning" | null {
  return reason === "label" || reason === "meaning" ? reason : null;
}
