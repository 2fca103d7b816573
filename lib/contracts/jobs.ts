import { z } from "zod";
import { ERROR_TYPES } from "@/lib/decide/error-types";
import { PREVIEW_ACTIONS } from "@/lib/decide/preview-actions";
import { SYNC_OBJECTS } from "@/lib/decide/record-types";

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const side = z.enum(["hubspot", "salesforce"]);

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** A day (its beginning in UTC) or a moment; answered as a moment. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .refine((text) => Date.parse(text) >= EARLIEST && Date.parse(text) < LATEST, "Between 1970 and 2200.")
  .transform((text) => new Date(text).toISOString())
  .nullable()
  .default(null);

const dates = {
  /** Made at or after */
  createdFrom: moment,
  /** Made before */
  createdTo: moment,
  /** Last changed at or after */
  modifiedFrom: moment,
};

const states = z.array(z.enum(["in_sync", "failing", "excluded", "due"])).max(4);
const mapped = z.enum(["contact", "company", "deal", "task"]);

/** What a job is asked for. Every job only names records; the engine syncs them under the rules that hold for all. */
export const jobRequestSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("import_hubspot"),
      object: z.enum([
        ...(["contact", "company", "deal", "task", "call", "email", "meeting", "note"] as const),
        ...(["form_submission", "marketing_email"] as const),
      ]),
      ...dates,
    }),
    z.strictObject({
      kind: z.literal("import_salesforce"),
      object: z.enum(["contact", "company", "deal", "task", "call", "email", "meeting"]),
      /** Of contacts: leads, contacts or both */
      types: z
        .array(z.enum(["Lead", "Contact"]))
        .min(1)
        .max(2)
        .nullable()
        .default(null),
      ...dates,
    }),
    z.strictObject({ kind: z.literal("list_sync"), listId: z.string().regex(/^\d{1,20}$/) }),
    /** Known records that a changed mapping or setting may touch; no states = in any state */
    z.strictObject({ kind: z.literal("backfill"), object: mapped, states: states.default([]) }),
    z.strictObject({
      kind: z.literal("resync"),
      object: z.enum(SYNC_OBJECTS),
      states: states.default([]),
      /** Only those with an open error of one of these types … */
      errorTypes: z.array(z.enum(ERROR_TYPES)).max(ERROR_TYPES.length).default([]),
      /** … that this CRM gave */
      errorSide: side.nullable().default(null),
    }),
  ])
  .refine(
    (request) =>
      !("createdFrom" in request && request.createdFrom !== null && request.createdTo !== null) ||
      request.createdFrom < request.createdTo,
    { path: ["createdTo"], message: "After createdFrom." },
  );

export type AskedJob = z.input<typeof jobRequestSchema>;

/** POST /api/jobs: a request, or the id of a preview that is then carried out. */
export const jobStartSchema = z
  .strictObject({
    request: jobRequestSchema.nullable().default(null),
    previewId: z.guid().nullable().default(null),
  })
  .refine(({ request, previewId }) => (request === null) !== (previewId === null), {
    path: ["request"],
    message: "Either a request or a preview.",
  });

/** POST /api/previews */
export const previewStartSchema = z.strictObject({ request: jobRequestSchema });

/** POST /api/records/sync: our own record ids */
export const recordsSyncSchema = z.strictObject({ ids: z.array(z.guid()).min(1).max(1_000) });

export const jobProgressSchema = z.object({
  /** Records that it will take, as far as the source tells; null = not known yet */
  total: count.nullable(),
  /** Records named so far = done + open + takenBack */
  named: count,
  /** created + updated + unchanged + failed + excluded */
  done: count,
  open: count,
  created: count,
  updated: count,
  unchanged: count,
  failed: count,
  excluded: count,
  /** Named but not begun with when it was cancelled: as they were before */
  takenBack: count,
  ratePerSecond: z.number().nonnegative().nullable(),
  secondsLeft: count.nullable(),
});

const jobFields = {
  id: z.string(),
  status: z.enum(["queued", "running", "done", "cancelled", "failed"]),
  /** As it was asked; of chosen records their number (`records`) stands in place of their ids */
  request: z.looseObject({ kind: z.string() }),
  /** Name of the list that it takes, once HubSpot told it */
  label: z.string().nullable(),
  by: z.string(),
  cancelledBy: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** What holds it up or ended it, worded in messages under `reasons.jobProblems` or `errors`; null while it goes on */
  problem: z.string().nullable(),
  message: z.string().nullable(),
  progress: jobProgressSchema,
};

export const jobSchema = z.object({
  ...jobFields,
  kind: z.enum(["import_hubspot", "import_salesforce", "list_sync", "backfill", "resync"]),
  previewId: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** Id of a job, to page on behind it */
  before: z.guid().optional(),
  /** open: queued or running */
  status: z.enum(["open", "done", "cancelled", "failed"]).optional(),
});
export const jobListSchema = z.object({ jobs: z.array(jobSchema), next: z.string().nullable() });
export type JobList = z.infer<typeof jobListSchema>;
export const jobsStartedSchema = z.object({ jobs: z.array(jobSchema) });

const action = z.enum(PREVIEW_ACTIONS);
const value = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const previewItemSchema = z.object({
  key: z.string(),
  recordId: z.string().nullable(),
  object: z.string(),
  name: z.string(),
  hubspotId: z.string().nullable(),
  salesforceId: z.string().nullable(),
  /** unchanged, excluded, failed: it would not be written; null: it would be */
  outcome: z.enum(["unchanged", "excluded", "failed"]).nullable(),
  reason: z.string().nullable(),
  action,
  changes: z.array(
    z.object({
      hubspotProperty: z.string(),
      hubspotLabel: z.string(),
      salesforceField: z.string(),
      salesforceLabel: z.string(),
      side,
      before: value,
      after: value,
      /** How the CRM shows them; null when that is the value itself */
      beforeText: z.string().nullable(),
      afterText: z.string().nullable(),
      rule: z.string(),
    }),
  ),
});

export const previewSchema = z.object({
  ...jobFields,
  /** How many records each action would be done with */
  actions: z.record(action, count),
  /** Values that would be written to each side, and of them those that stand there now and would not any more */
  values: z.object({ hubspot: count, salesforce: count, overwritten: count, cleared: count }),
  unchanged: count,
  /** Records by the reason why nothing would be written */
  excluded: z.record(z.string(), count),
  failed: z.record(z.string(), count),
  items: z.array(previewItemSchema),
  /** Key to page on behind; null = these were the last */
  next: z.string().nullable(),
});
export type Preview = z.infer<typeof previewSchema>;
export type PreviewItem = z.infer<typeof previewItemSchema>;

export const previewQuerySchema = z.object({
  /** written (default): what would be written */
  outcome: z.enum(["written", "unchanged", "excluded", "failed"]).default("written"),
  action: action.optional(),
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(0).max(500).default(50),
});
