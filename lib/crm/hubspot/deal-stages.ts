import { z } from "zod";
import type { HubSpotStage } from "@/lib/decide/map-stages";
import type { CallHubSpot } from "./call";
import { HUBSPOT_PATHS } from "./paths";

const flagSchema = z.union([z.string(), z.boolean(), z.number()]).nullish();
const stageSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  label: z.string(),
  displayOrder: z.number().nullish(),
  archived: z.boolean().nullish(),
  metadata: z.looseObject({ probability: flagSchema, isClosed: flagSchema }).nullish(),
});
const pipelinesSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      id: z.union([z.string(), z.number()]).transform(String),
      displayOrder: z.number().nullish(),
      archived: z.boolean().nullish(),
      stages: z.array(stageSchema),
    }),
  ),
});

/** The stages of all deal pipelines in their display order, archived ones left out. Throws CrmCallError. */
export async function readDealStages(call: CallHubSpot): Promise<HubSpotStage[]> {
  const { results } = await call({
    method: "GET",
    path: HUBSPOT_PATHS.dealPipelines,
    isWrite: false,
    reply: pipelinesSchema,
  });
  return inOrder(results).flatMap((pipeline) =>
    inOrder(pipeline.stages).map((stage): HubSpotStage => {
      const probability = Number(stage.metadata?.probability ?? 0);
      return {
        pipelineId: pipeline.id,
        stageId: stage.id,
        label: stage.label,
        probability: Number.isFinite(probability) ? probability : 0,
        isClosed: String(stage.metadata?.isClosed ?? false) === "true",
      };
    }),
  );
}

function inOrder<T extends { displayOrder?: number | null | undefined; archived?: boolean | null | undefined }>(
  items: T[],
): T[] {
  return items
    .filter((item) => item.archived !== true)
    .toSorted((a, b) => (a.displayOrder ?? 0) - (b.displayOrder ?? 0));
}
