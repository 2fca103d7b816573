import { z } from "zod";
import { SYNC_OBJECTS } from "@/lib/decide/record-types";
import { recordRowSchema, recordStateSchema, syncErrorSchema } from "./records";

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const side = z.enum(["hubspot", "salesforce"]);
const object = z.enum(SYNC_OBJECTS);

/** The closed list of spec E1, in the order in which pages show them. */
const category = z.enum([
  "associations",
  "custom_code",
  "duplicates",
  "permissions",
  "property_values",
  "mapping",
  "record_state",
  "owner",
  "limits_and_outages",
  "authentication",
]);

const filters = {
  object: object.optional(),
  /** The CRM that refused */
  side: side.optional(),
  category: category.optional(),
  type: z.string().max(60).optional(),
  /** Name, company, address or id of the record */
  search: z.string().trim().max(200).default(""),
  /** closed: those that closed within the last 30 days */
  state: z.enum(["open", "closed"]).default("open"),
};

/** GET /api/errors */
export const errorSummaryQuerySchema = z.object(filters);

export const errorGroupSchema = z.object({
  category: z.string(),
  type: z.string(),
  side,
  object,
  /** Records that have it (closed: had it) */
  records: count,
  /** When the oldest of them was first seen */
  since: instant,
  /** When it was last met; of closed ones, when the last one closed */
  newest: instant,
});
export type ErrorGroup = z.infer<typeof errorGroupSchema>;

export const errorSummarySchema = z.object({
  /** Per category, type, side and object; most records first */
  groups: z.array(errorGroupSchema),
  /** Why records do not take part, most records first; of the chosen object */
  excluded: z.array(z.object({ object, reason: z.string(), records: count })),
  /** Records of the chosen object by object and state */
  states: z.array(z.object({ object, state: recordStateSchema, records: count })),
  connection: z.enum(["setup", "active", "suspended"]),
  lastCheckAt: instant.nullable(),
});
export type ErrorSummary = z.infer<typeof errorSummarySchema>;

/** GET /api/errors/records — newest first, keyset pages. */
export const errorRecordsQuerySchema = z.object({
  ...filters,
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One error with the record that it is about: the same error object as on the record's card (spec E2). */
export const errorRecordSchema = z.object({
  error: syncErrorSchema,
  record: recordRowSchema
    .pick({
      id: true,
      object: true,
      name: true,
      company: true,
      email: true,
      hubspotId: true,
      salesforceId: true,
      salesforceType: true,
    })
    .extend({ hubspotUrl: z.string().nullable(), salesforceUrl: z.string().nullable(), nextTryAt: instant.nullable() }),
});
export type ErrorRecord = z.infer<typeof errorRecordSchema>;
export const errorRecordsSchema = z.object({ rows: z.array(errorRecordSchema), nextCursor: z.string().nullable() });

/** GET /api/errors/export — the same as CSV, every page; titles in this language. */
export const errorExportQuerySchema = z.object({ ...filters, language: z.enum(["en", "ja"]).default("en") });
