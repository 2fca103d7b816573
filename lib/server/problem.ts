import type { Problem, ProblemCode } from "@/lib/contracts/problem";

const KINDS: Record<ProblemCode, { status: number; title: string }> = {
  not_signed_in: { status: 401, title: "Sign in first." },
  not_allowed: { status: 403, title: "Your role does not allow this." },
  not_found: { status: 404, title: "There is no such thing here." },
  invalid_input: { status: 400, title: "The request is not understood." },
  changed_meanwhile: { status: 409, title: "Somebody changed it in the meantime." },
  already_running: { status: 409, title: "It is already running." },
  not_connected: { status: 409, title: "Both sides have to be connected first." },
  connection_suspended: { status: 409, title: "The connection is paused." },
  crm_unavailable: { status: 503, title: "The CRM cannot be reached right now." },
  crm_refused: { status: 502, title: "The CRM refused." },
  types_do_not_match: { status: 422, title: "These fields do not fit together." },
  already_mapped: { status: 409, title: "It is mapped already." },
  default_mapping_stays: { status: 409, title: "A default mapping cannot be removed; set it to Don't sync." },
  wrong_secret: { status: 401, title: "The secret is missing or wrong." },
  wrong_origin: { status: 403, title: "The request comes from another site." },
  too_large: { status: 413, title: "The request is too large." },
  last_owner: { status: 409, title: "Somebody has to stay the owner." },
  already_member: { status: 409, title: "This address has an account already." },
  link_invalid: { status: 410, title: "This link no longer opens." },
  mail_not_set: { status: 409, title: "No mail server is set." },
  mail_refused: { status: 502, title: "The mail server did not take the mail." },
  internal: { status: 500, title: "Something went wrong on our side." },
};

/** Status and sentence of a code, for the description of the API. */
export function describeProblem(code: ProblemCode): { status: number; title: string } {
  return KINDS[code];
}

/** A refusal that a route throws; the wrapper turns it into application/problem+json (RFC 9457). */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: ProblemCode,
    readonly more: {
      detail?: string;
      fields?: { path: string; message: string }[];
      status?: number;
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(code);
  }
}

/** The answer for a refusal; `requestId` is in the log too. */
export function problemResponse(refusal: Refusal, requestId: string): Response {
  const { status, title } = KINDS[refusal.code];
  const { detail, fields, retryAfterSeconds } = refusal.more;
  const answered = refusal.more.status ?? status;
  const body: Problem = {
    type: `urn:kakehashi:problem:${refusal.code}`,
    title,
    status: answered,
    code: refusal.code,
    ...(detail === undefined ? {} : { detail }),
    ...(fields === undefined ? {} : { fields }),
    requestId,
  };
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(Math.ceil(retryAfterSeconds)));
  if (answered === 401) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(body), { status: answered, headers });
}
