import { z } from "zod";

const choice = z.object({ value: z.string(), label: z.string() });
const meaning = z.enum(["won", "lost", "open"]);
/** How a stage meets its counterpart where no pair says so */
const by = z.enum(["label", "meaning"]);

/** GET /api/stages: what lifecycle stages, lead statuses and deal stages there are, as last read (spec L1, P2). */
export const stagesSchema = z.object({
  /** HubSpot's lifecycle stages from first to last */
  lifecycle: z.array(choice),
  leadStatus: z.object({ hubspot: z.array(choice), salesforce: z.array(choice) }),
  /** null until deals are switched on and both sides' stages were read */
  deals: z
    .object({
      readAt: z.iso.datetime().nullable(),
      pipelines: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          stages: z.array(
            z.object({
              id: z.string(),
              label: z.string(),
              /** 0–1 */
              probability: z.number(),
              meaning,
              /** The StageName that it gets without a pair; null = none fits */
              automatic: z.object({ stageName: z.string(), by }).nullable(),
            }),
          ),
        }),
      ),
      salesforce: z.array(
        z.object({
          /** What StageName holds */
          name: z.string(),
          label: z.string(),
          /** 0–1 */
          probability: z.number(),
          meaning,
          isActive: z.boolean(),
          /** Per pipeline the stage that it becomes without a pair; pipelines without a fitting one are left out */
          automatic: z.array(z.object({ pipelineId: z.string(), stageId: z.string(), by })),
        }),
      ),
      recordTypes: z.array(z.object({ id: z.string(), name: z.string() })),
    })
    .nullable(),
});
export type StagesView = z.infer<typeof stagesSchema>;
