import { createHash } from "node:crypto";
import type { VirtualClock } from "../shared/clock";
import { expiredAuthentication, HubSpotError, invalidAuthentication } from "./errors";
import { digestOf, OAUTH_APP_ID, PORTAL_ID, PRIVATE_APP_ID, uuidOf } from "./ids";

/** HubSpot access tokens live 30 minutes. */
const TOKEN_SECONDS = 1800;
/** An authorization code must be used at once; a minute is what is known to be safe. */
const CODE_MS = 60_000;
const AUTHORIZING_USER = { id: 9400001, email: "admin@sandbox.example" };

export const CLIENT_ID = "sandbox-client";
export const CLIENT_SECRET = "sandbox-secret";

/** Every scope the sandbox knows: what the private app holds. */
export const ALL_SCOPES: readonly string[] = [
  "oauth",
  "content",
  "forms",
  "sales-email-read",
  "crm.lists.read",
  "crm.lists.write",
  "crm.objects.owners.read",
  "crm.objects.users.read",
  "crm.export",
  "crm.import",
  "forms-uploaded-files",
  "marketing-email",
  "automation",
  "timeline",
  "tickets",
  "files",
  "settings.users.read",
  "developer.webhooks_journal.read",
  "developer.webhooks_journal.subscriptions.read",
  "developer.webhooks_journal.subscriptions.write",
  "developer.webhooks_journal.snapshots.read",
  "developer.webhooks_journal.snapshots.write",
  ...["companies", "contacts", "custom", "deals", "leads", "line_items"].flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.read`,
    `crm.schemas.${name}.write`,
  ]),
];

type Grant = { id: string; scopes: string[]; refreshToken: string; revoked: boolean };
type AccessToken = { token: string; grantId: string; expiresAt: number; revoked: boolean };
type PendingCode = {
  code: string;
  redirectUri: string;
  scopes: string[];
  challenge: string | null;
  challengeMethod: string;
  expiresAt: number;
};

/** Who makes a call. `isOAuth` calls carry no daily-limit headers. */
export type Caller = { appId: number; scopes: ReadonlySet<string>; isOAuth: boolean; userId: number | null };
type TokenReply = {
  token_type: "bearer";
  refresh_token: string;
  access_token: string;
  expires_in: number;
  hub_id: number;
  scopes: string[];
  user_id: number;
  token_use: "access_token" | "client_credentials";
};

type SavedOAuth = { counter: number; grants: Grant[]; tokens: AccessToken[] };

/** HubSpot's OAuth errors speak two vocabularies in one body. */
export function oauthError(status: string, error: string, message: string): HubSpotError {
  const body = { error, error_description: message, status, message };
  return new HubSpotError(400, body as unknown as HubSpotError["body"]);
}

/** The fixed token of the private app. */
export function privateToken(): string {
  return process.env.HUBSPOT_SANDBOX_TOKEN || "pat-na1-sandbox";
}

/** Codes, grants and tokens of the one OAuth app. Codes live in memory only. */
export class OAuthState {
  private counter: number;
  private readonly codes = new Map<string, PendingCode>();
  private readonly grants: Map<string, Grant>;
  private readonly tokens: Map<string, AccessToken>;

  constructor(
    private readonly clock: VirtualClock,
    saved?: SavedOAuth,
  ) {
    this.counter = saved?.counter ?? 0;
    this.grants = new Map(saved?.grants.map((grant) => [grant.id, grant]));
    this.tokens = new Map(saved?.tokens.map((token) => [token.token, token]));
  }

  /** What a person's *Connect* makes: a code for one use within a minute. */
  issueCode(request: Omit<PendingCode, "code" | "expiresAt">): string {
    const code = uuidOf("code", this.nextNumber(), this.clock.now());
    this.codes.set(code, { ...request, code, expiresAt: this.clock.now() + CODE_MS });
    return code;
  }

  /** Trades a code for tokens. Throws HubSpotError 400 (BAD_AUTH_CODE, BAD_REDIRECT_URI). */
  redeemCode(code: string, redirectUri: string, verifier: string | undefined): TokenReply {
    const pending = this.codes.get(code);
    this.codes.delete(code);
    if (!pending || pending.expiresAt < this.clock.now()) {
      throw oauthError("BAD_AUTH_CODE", "invalid_grant", "missing or unknown auth code");
    }
    if (pending.redirectUri !== redirectUri) {
      throw oauthError("BAD_REDIRECT_URI", "invalid_grant", "missing or invalid redirect uri");
    }
    if (pending.challenge !== null && !isVerifierRight(pending, verifier)) {
      throw oauthError("BAD_CODE_VERIFIER", "invalid_grant", "missing or invalid code verifier");
    }
    const id = String(this.nextNumber());
    const refreshToken = uuidOf("refresh", id, this.clock.now());
    const grant: Grant = { id, scopes: pending.scopes, refreshToken: `na1-${refreshToken}`, revoked: false };
    this.grants.set(id, grant);
    return this.issueToken(grant);
  }

  /** A token of the app itself (client credentials, for the webhooks journal): no refresh token. Throws 400 for unknown scopes. */
  issueAppToken(scopes: string[]): Omit<TokenReply, "refresh_token"> {
    const unknown = scopes.filter((scope) => !ALL_SCOPES.includes(scope));
    if (unknown.length > 0) throw oauthError("BAD_SCOPES", "invalid_scope", `unknown scopes: ${unknown.join(" ")}`);
    const id = String(this.nextNumber());
    const grant: Grant = { id, scopes, refreshToken: `app-${uuidOf("app", id, this.clock.now())}`, revoked: false };
    this.grants.set(id, grant);
    const { refresh_token: _none, ...reply } = this.issueToken(grant);
    return { ...reply, token_use: "client_credentials" };
  }

  /** A new access token; the refresh token stays the same, as HubSpot's do. Throws 400 BAD_REFRESH_TOKEN. */
  refresh(refreshToken: string): TokenReply {
    const grant = this.findGrant(refreshToken);
    if (!grant) {
      throw oauthError("BAD_REFRESH_TOKEN", "invalid_grant", "refresh token is invalid, expired or revoked");
    }
    return this.issueToken(grant);
  }

  /** Who holds this bearer token. Throws 401 for unknown, revoked or expired ones. */
  authenticate(token: string | undefined): Caller {
    if (token === privateToken()) {
      return { appId: PRIVATE_APP_ID, scopes: new Set(ALL_SCOPES), isOAuth: false, userId: null };
    }
    const known = token === undefined ? undefined : this.tokens.get(token);
    const grant = known && this.grants.get(known.grantId);
    if (!known || !grant || known.revoked) throw invalidAuthentication();
    const now = this.clock.now();
    if (known.expiresAt <= now) throw expiredAuthentication(known.expiresAt, now);
    return { appId: OAUTH_APP_ID, scopes: new Set(grant.scopes), isOAuth: true, userId: null };
  }

  /** The grant of a live refresh token. */
  findGrant(refreshToken: string): Grant | undefined {
    return [...this.grants.values()].find((grant) => grant.refreshToken === refreshToken && !grant.revoked);
  }

  /** What introspection says of an access or refresh token; `active: false` for anything unknown or over. */
  introspect(token: string): Record<string, unknown> {
    const access = this.tokens.get(token);
    const grant = access ? this.grants.get(access.grantId) : this.findGrant(token);
    const isLive = grant && !access?.revoked && (!access || access.expiresAt > this.clock.now());
    if (!grant || !isLive) return { active: false };
    return {
      active: true,
      token,
      token_type: access ? "access" : "refresh",
      token_use: access ? "access_token" : "refresh_token",
      client_id: CLIENT_ID,
      hub_id: PORTAL_ID,
      app_id: OAUTH_APP_ID,
      scopes: grant.scopes,
      user_id: AUTHORIZING_USER.id,
      user: AUTHORIZING_USER.email,
      hub_domain: "sandbox-portal.example",
      ...(access ? this.describeAccess(grant, access.expiresAt) : {}),
    };
  }

  /** What only an access token has: the seconds it has left, and the signed facts that HubSpot's own services read. */
  private describeAccess({ id, scopes }: Grant, expiresAt: number): object {
    return {
      expires_in: Math.floor((expiresAt - this.clock.now()) / 1000),
      is_private_distribution: false,
      signed_access_token: {
        expiresAt,
        scopes: scopes.join(" "),
        hubId: PORTAL_ID,
        userId: AUTHORIZING_USER.id,
        appId: OAUTH_APP_ID,
        signature: digestOf("signature", id, expiresAt),
        scopeToScopeGroupPks: "",
        newSignature: digestOf("new signature", id, expiresAt),
        hublet: "na1",
        trialScopes: "",
        trialScopeToScopeGroupPks: "",
        isUserLevel: false,
        installingUserId: AUTHORIZING_USER.id,
        isServiceAccount: false,
        isPrivateDistribution: false,
        audience: "",
        appInstallId: id,
      },
    };
  }

  /** Ends one token: a refresh token's access tokens live on until they expire; unknown tokens are ignored. */
  revoke(token: string): void {
    const access = this.tokens.get(token);
    if (access) this.tokens.set(token, { ...access, revoked: true });
    const grant = this.findGrant(token);
    if (grant) this.grants.set(grant.id, { ...grant, revoked: true });
  }

  /** Lets every access token expire now. */
  expireAll(): void {
    const expiresAt = this.clock.now() - 1;
    for (const [key, token] of this.tokens) this.tokens.set(key, { ...token, expiresAt });
  }

  /** The app is uninstalled: every token is dead. */
  revokeAll(): void {
    for (const [key, token] of this.tokens) this.tokens.set(key, { ...token, revoked: true });
    for (const [key, grant] of this.grants) this.grants.set(key, { ...grant, revoked: true });
  }

  save(): SavedOAuth {
    return { counter: this.counter, grants: [...this.grants.values()], tokens: [...this.tokens.values()] };
  }

  private nextNumber(): number {
    this.counter += 1;
    return this.counter;
  }

  private issueToken(grant: Grant): TokenReply {
    const now = this.clock.now();
    this.dropOldTokens(now);
    const token = `C${digestOf("access", grant.id, this.nextNumber(), now)}${digestOf(grant.refreshToken, now)}`;
    this.tokens.set(token, { token, grantId: grant.id, expiresAt: now + TOKEN_SECONDS * 1000, revoked: false });
    return {
      token_type: "bearer",
      refresh_token: grant.refreshToken,
      access_token: token,
      expires_in: TOKEN_SECONDS,
      hub_id: PORTAL_ID,
      scopes: grant.scopes,
      user_id: AUTHORIZING_USER.id,
      token_use: "access_token",
    };
  }

  /** A day after expiry nobody asks how long ago it was. */
  private dropOldTokens(now: number): void {
    for (const [key, token] of this.tokens) if (token.expiresAt < now - 86_400_000) this.tokens.delete(key);
  }
}

function isVerifierRight(pending: PendingCode, verifier: string | undefined): boolean {
  if (verifier === undefined) return false;
  if (pending.challengeMethod === "plain") return verifier === pending.challenge;
  return createHash("sha256").update(verifier).digest("base64url") === pending.challenge;
}
