import { z } from "zod";
import { SALESFORCE_TYPES, SYNC_OBJECTS } from "@/lib/decide/record-types";

const rawValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const instant = z.iso.datetime();
const side = z.enum(["hubspot", "salesforce"]);
/** The value as its CRM shows it: an owner's name, an option's label; null when that is the value itself */
const shownText = z.string().nullable();

/** "syncing" = leased by a worker now; "paused" = waiting with its suspended connection. */
const RECORD_STATES = ["in_sync", "due", "syncing", "failing", "excluded", "paused"] as const;
export const recordStateSchema = z.enum(RECORD_STATES);
export type RecordState = z.infer<typeof recordStateSchema>;

/** A trigger code of the specification (T1 check, T10 HubSpot edit, T17 by hand …) with what it was about. */
export const triggerSchema = z.object({
  code: z.string(),
  side: side.nullable(),
  /** Properties or fields that moved */
  fields: z.array(z.string()),
  /** What people call them there, one for each; the name itself where nothing describes it */
  labels: z.array(z.string()),
  at: instant,
  by: z.string().nullable(),
});
export type Trigger = z.infer<typeof triggerSchema>;

export const syncErrorSchema = z.object({
  id: z.string(),
  type: z.string(),
  category: z.string(),
  side,
  fields: z.array(z.object({ field: z.string(), label: z.string(), value: rawValue, text: shownText })),
  remoteCode: z.string(),
  remoteMessage: z.string(),
  retry: z.enum(["heals", "waits", "suspends"]),
  openedAt: instant,
  lastSeenAt: instant,
  closedAt: instant.nullable(),
  occurrences: z.number().int(),
});
export type SyncErrorView = z.infer<typeof syncErrorSchema>;

export const syncObjectSchema = z.enum(SYNC_OBJECTS);
export const recordRowSchema = z.object({
  id: z.string(),
  object: syncObjectSchema,
  name: z.string(),
  company: z.string(),
  email: z.string().nullable(),
  state: recordStateSchema,
  exclusionReason: z.string().nullable(),
  /** The newest open error and the side that gave it */
  errorType: z.string().nullable(),
  errorSide: side.nullable(),
  hubspotId: z.string().nullable(),
  salesforceId: z.string().nullable(),
  salesforceType: z.enum(SALESFORCE_TYPES).nullable(),
  lastSyncedAt: instant.nullable(),
  /** Of a deal: what it is about, by the values last read; the stage as HubSpot names it, else as Salesforce does */
  deal: z
    .object({ amount: z.number().nullable(), currency: z.string().nullable(), stage: z.string().nullable() })
    .nullable(),
});
export type RecordRow = z.infer<typeof recordRowSchema>;

/** With the record's pages in both CRMs */
const linkedRowSchema = recordRowSchema.extend({
  hubspotUrl: z.string().nullable(),
  salesforceUrl: z.string().nullable(),
});
export type LinkedRow = z.infer<typeof linkedRowSchema>;

/** By name or by the last sync; "-" = the other way round: Z first, newest first. */
const RECORD_SORTS = ["name", "-name", "synced", "-synced"] as const;
export const recordSortSchema = z.enum(RECORD_SORTS);
export type RecordSort = z.infer<typeof recordSortSchema>;

/** An error type or an exclusion reason; one that we do not know matches nothing. */
const code = z
  .string()
  .max(80)
  .regex(/^[a-zA-Z0-9_.-]+$/);

/** Id of a HubSpot list */
const listId = z.string().regex(/^\d{1,20}$/);

/** GET /api/records?object=&search=&state=&error=&reason=&list=&sort=&cursor=&limit= — keyset pages. */
export const recordListQuerySchema = z.object({
  object: syncObjectSchema.default("contact"),
  search: z.string().trim().max(200).default(""),
  state: recordStateSchema.optional(),
  /** Only records that are shown with this error */
  error: code.optional(),
  /** Only records that are excluded for this reason */
  reason: code.optional(),
  /** Only members of this HubSpot list; of one that is not the inclusion list, its first 10,000 members */
  list: listId.optional(),
  sort: recordSortSchema.default("name"),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const recordListSchema = z.object({
  rows: z.array(linkedRowSchema),
  nextCursor: z.string().nullable(),
  /** Records of the whole connection, or of the list, per state, regardless of the other filters */
  counts: z.record(recordStateSchema, z.number().int()),
  /** Rows that match the filters; capped: 10,001 means "more than 10,000", of a search 2,001 "more than 2,000" */
  matching: z.number().int(),
  /** The list that was asked for; `isComplete` false: it is longer than what is read of it here */
  list: z.object({ name: z.string(), isComplete: z.boolean() }).nullable(),
});
export type RecordList = z.infer<typeof recordListSchema>;

/** GET /api/records/reasons?object=&list= — how many records fail with each error and are excluded for each reason. */
export const recordReasonsQuerySchema = z.object({
  object: syncObjectSchema.default("contact"),
  list: listId.optional(),
});
export const recordReasonsSchema = z.object({
  errors: z.record(z.string(), z.number().int()),
  reasons: z.record(z.string(), z.number().int()),
});
export type RecordReasons = z.infer<typeof recordReasonsSchema>;

/** GET /api/records/find?hubspotId= | salesforceId= | email= (&object=) */
export const recordFindQuerySchema = z
  .object({
    object: syncObjectSchema.default("contact"),
    hubspotId: z.string().max(64).optional(),
    salesforceId: z.string().max(18).optional(),
    email: z.string().max(254).optional(),
  })
  .refine((q) => [q.hubspotId, q.salesforceId, q.email].filter((v) => v !== undefined && v !== "").length === 1, {
    message: "one_of_hubspotId_salesforceId_email",
  });

export const gateSchema = z.object({ name: z.string(), passed: z.boolean(), fact: z.string() });

export const fieldRowSchema = z.object({
  mappingId: z.string(),
  hubspotProperty: z.string(),
  hubspotLabel: z.string(),
  salesforceField: z.string(),
  salesforceLabel: z.string(),
  rule: z.string(),
  hubspot: rawValue,
  salesforce: rawValue,
  hubspotText: shownText,
  salesforceText: shownText,
  base: z.object({ hubspot: rawValue, salesforce: rawValue }).nullable(),
  baseText: z.object({ hubspot: shownText, salesforce: shownText }).nullable(),
  /** none · write · blocked · needs_edit_time: what a sync now would do with it, from the values last read */
  action: z.enum(["none", "write", "blocked", "needs_edit_time"]),
  /** The side that would be written */
  writes: side.nullable(),
  winner: side.nullable(),
  reason: z.string(),
  conflict: z.boolean(),
});
export type FieldRow = z.infer<typeof fieldRowSchema>;

/** GET /api/records/{id} — everything on the Salesforce sync card. */
export const recordDetailSchema = linkedRowSchema.extend({
  triggers: z.array(triggerSchema),
  lastTriggers: z.array(triggerSchema),
  nextTryAt: instant.nullable(),
  attempts: z.number().int(),
  /** When each CRM says that its record was last changed, as last read */
  hubspotModifiedAt: instant.nullable(),
  salesforceModifiedAt: instant.nullable(),
  errors: z.array(syncErrorSchema),
  gates: z.array(gateSchema),
  fields: z.array(fieldRowSchema),
  /** Records that it belongs to or waits for, and those that wait for it */
  related: z.array(
    z.object({
      relation: z.enum(["belongs_to", "waits_for", "waiting"]),
      id: z.string(),
      object: syncObjectSchema,
      name: z.string(),
      state: recordStateSchema,
    }),
  ),
  /** Other records with the same address that are not linked (spec M2) */
  candidates: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      url: z.string().nullable(),
    }),
  ),
});
export type RecordDetail = z.infer<typeof recordDetailSchema>;

export const journalChangeSchema = z.object({
  hubspotProperty: z.string(),
  hubspotLabel: z.string(),
  salesforceField: z.string(),
  salesforceLabel: z.string(),
  /** Which side was written */
  side,
  before: rawValue,
  after: rawValue,
  beforeText: shownText,
  afterText: shownText,
  winner: side,
  rule: z.string(),
  reason: z.string(),
  conflict: z.boolean(),
});
export type JournalChange = z.infer<typeof journalChangeSchema>;

const JOURNAL_OUTCOMES = [
  "linked",
  "created_in_salesforce",
  "created_in_hubspot",
  "updated",
  "archived_in_hubspot",
  "deleted_in_salesforce",
  "merged",
  "relinked",
  "unchanged",
  "excluded",
  "failed",
  "interrupted",
] as const;

/** GET /api/records/{id}/timeline?before=&limit= — newest first. */
export const timelineEntrySchema = z.object({
  id: z.string(),
  at: instant,
  outcome: z.enum(JOURNAL_OUTCOMES),
  triggers: z.array(triggerSchema),
  changes: z.array(journalChangeSchema),
  error: z.object({ type: z.string(), side, remoteMessage: z.string() }).nullable(),
  calls: z.number().int(),
  by: z.string().nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
export const timelineSchema = z.object({ entries: z.array(timelineEntrySchema), nextBefore: z.string().nullable() });
export type Timeline = z.infer<typeof timelineSchema>;

/** POST /api/records/{id}/sync — runs the sync and answers with its result; 409 already_running while another holds it. */
export const syncResultSchema = z.object({
  state: recordStateSchema,
  outcome: z.enum(JOURNAL_OUTCOMES),
  changes: z.number().int(),
  calls: z.object({ hubspot: z.number().int(), salesforce: z.number().int() }),
  durationMs: z.number().int(),
});
export type SyncResult = z.infer<typeof syncResultSchema>;
