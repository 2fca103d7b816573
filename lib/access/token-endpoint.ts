import { z } from "zod";
import { CrmCallError } from "@/lib/crm/face";
import type { Side } from "@/lib/decide/record-types";
import { getAccessSettings } from "./access-settings";
import type { Tokens } from "./stored-tokens";

/** What a token endpoint answered; `instanceUrl` and `identityUrl` come from Salesforce only. */
export type TokenReply = Tokens & {
  hubId: string | null;
  instanceUrl: string | null;
  identityUrl: string | null;
};

// HubSpot's dated generation: OAuth v1 ends on 16 February 2027.
const HUBSPOT_TOKEN_PATH = "/oauth/2026-03/token";
const TIMEOUT_MS = 20_000;

const tokenReply = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive().nullish(),
  scope: z.string().nullish(),
  scopes: z.array(z.string()).nullish(),
  hub_id: z.coerce.string().nullish(),
  instance_url: z.string().nullish(),
  id: z.string().nullish(),
});

const errorReply = z.object({
  error: z.string().nullish(),
  error_description: z.string().nullish(),
  status: z.string().nullish(),
  message: z.string().nullish(),
});

/** Whether the OAuth app of this side is set; without it nobody can connect. */
export function isOAuthAppSet(side: Side): boolean {
  const { clientId, clientSecret } = getAccessSettings()[side];
  return Boolean(clientId && clientSecret);
}

/**
 * `loginUrl` here and below: where the Salesforce org signs in; HubSpot has one place for all.
 * @throws CrmCallError with the vendor's code (invalid_grant, BAD_AUTH_CODE …), status 0 when no answer came.
 */
export async function exchangeCode(
  side: Side,
  code: string,
  { redirectUri, verifier, loginUrl }: { redirectUri: string; verifier: string; loginUrl: string },
): Promise<TokenReply> {
  const grant = {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  return askForTokens(side, grant, loginUrl);
}

/** The reply carries the refresh token to use from now on: the new one where the vendor rotates, else the old one. */
export async function refreshTokens(
  side: Side,
  refreshToken: string,
  { scopes, loginUrl }: { scopes: string; loginUrl: string },
): Promise<TokenReply> {
  const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
  const reply = await askForTokens(side, grant, loginUrl);
  return { ...reply, refreshToken: reply.refreshToken ?? refreshToken, scopes: reply.scopes || scopes };
}

/** Best effort: a vendor that is down must not keep somebody from disconnecting. Answers whether it was revoked. */
export async function revokeToken(side: Side, token: string, loginUrl: string): Promise<boolean> {
  const url = side === "hubspot" ? hubspotUrl(`${HUBSPOT_TOKEN_PATH}/revoke`) : `${loginUrl}/services/oauth2/revoke`;
  const form = side === "hubspot" ? { token, token_type_hint: "refresh_token", ...clientOf(side) } : { token };
  try {
    return (await post(side, url, form)).ok;
  } catch {
    return false;
  }
}

/** The portal that a HubSpot token belongs to. */
export async function readHubSpotPortal(accessToken: string): Promise<string> {
  const { response, body } = await introspect(accessToken, "access_token");
  const parsed = z.object({ hub_id: z.coerce.string().min(1) }).safeParse(body);
  if (!response.ok || !parsed.success) throw refused("hubspot", response.status, body);
  return parsed.data.hub_id;
}

/** What a HubSpot token may; null when HubSpot does not accept it any more. @throws CrmCallError */
export async function readHubSpotScopes(
  token: string,
  hint: "access_token" | "refresh_token",
): Promise<string[] | null> {
  const { response, body } = await introspect(token, hint);
  const parsed = z.object({ active: z.boolean(), scopes: z.array(z.string()).nullish() }).safeParse(body);
  if (!response.ok || !parsed.success) throw refused("hubspot", response.status, body);
  return parsed.data.active ? (parsed.data.scopes ?? []) : null;
}

async function introspect(token: string, hint: string): Promise<{ response: Response; body: unknown }> {
  const form = { token, token_type_hint: hint, ...clientOf("hubspot") };
  const response = await post("hubspot", hubspotUrl(`${HUBSPOT_TOKEN_PATH}/introspect`), form);
  return { response, body: await readBody("hubspot", response) };
}

async function askForTokens(side: Side, grant: Record<string, string>, loginUrl: string): Promise<TokenReply> {
  const url = side === "hubspot" ? hubspotUrl(HUBSPOT_TOKEN_PATH) : `${loginUrl}/services/oauth2/token`;
  const response = await post(side, url, { ...grant, ...clientOf(side) });
  const body = await readBody(side, response);
  const parsed = tokenReply.safeParse(body);
  if (!response.ok || !parsed.success) throw refused(side, response.status, body);
  const reply = parsed.data;
  return {
    accessToken: reply.access_token,
    refreshToken: reply.refresh_token ?? null,
    expiresAt: reply.expires_in ? new Date(Date.now() + reply.expires_in * 1000) : null,
    scopes: reply.scope ?? reply.scopes?.join(" ") ?? "",
    hubId: reply.hub_id ?? null,
    instanceUrl: reply.instance_url ?? null,
    identityUrl: reply.id ?? null,
  };
}

function clientOf(side: Side): { client_id: string; client_secret: string } {
  const { clientId, clientSecret } = getAccessSettings()[side];
  return { client_id: clientId ?? "", client_secret: clientSecret ?? "" };
}

function hubspotUrl(path: string): string {
  return `${getAccessSettings().hubspot.apiUrl}${path}`;
}

/** Redirects are not followed: a token endpoint has none, and the form carries secrets. */
async function post(side: Side, url: string, form: Record<string, string>): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(form),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw outage(side, 0, `The token endpoint did not answer (${causeOf(error)}).`);
  }
}

async function readBody(side: Side, response: Response): Promise<unknown> {
  const text = await response.text().catch(() => "");
  try {
    return JSON.parse(text);
  } catch {
    // An outage page in HTML, or half a body; what a token endpoint means it says in JSON.
    throw outage(side, response.ok ? 0 : response.status, "The token endpoint did not answer with JSON.");
  }
}

/** 5xx and 429 are outages that pass; a 4xx is the vendor's final no. */
function refused(side: Side, status: number, body: unknown): CrmCallError {
  const told = errorReply.safeParse(body);
  const words = told.success ? told.data : {};
  const message = words.error_description ?? words.message ?? "The token endpoint refused.";
  if (status < 400) return outage(side, 0, "The token endpoint answered without a token.");
  const code = status >= 500 || status === 429 ? "" : (words.error ?? words.status ?? "invalid_grant");
  // Salesforce tells of too many refreshes with a 400.
  if (code === "rate_limit_exceeded") return outage(side, 429, message);
  return new CrmCallError({ side, status, code, message, fields: [], uncertain: false });
}

function outage(side: Side, status: number, message: string): CrmCallError {
  const seen = status >= 400 && status < 500 && status !== 429 ? 503 : status;
  return new CrmCallError({ side, status: seen, code: "", message, fields: [], uncertain: false });
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown cause";
  const { cause } = error;
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return error.name;
}
