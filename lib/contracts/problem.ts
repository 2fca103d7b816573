import { z } from "zod";

/** Stable codes of every refusal the API gives (application/problem+json, RFC 9457). */
const PROBLEM_CODES = [
  "not_signed_in",
  "not_allowed",
  "not_found",
  "invalid_input",
  "changed_meanwhile",
  "already_running",
  "not_connected",
  "connection_suspended",
  "crm_unavailable",
  "crm_refused",
  "types_do_not_match",
  "already_mapped",
  "default_mapping_stays",
  "wrong_secret",
  "wrong_origin",
  "too_large",
  "last_owner",
  "already_member",
  "link_invalid",
  "mail_not_set",
  "mail_refused",
  "internal",
] as const;

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string().optional(),
  /** Input fields at fault, with a message code each, worded in messages under `problems.fields` */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
