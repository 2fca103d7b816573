import { hkdfSync } from "node:crypto";
import { betterAuth } from "better-auth";
import { createAuthAdapter } from "@/lib/store/auth-adapter";
import { type AccessSettings, getAccessSettings } from "./access-settings";

/** Idle 30 minutes; the 12 hours in all are kept by readSession. */
const IDLE_SECONDS = 30 * 60;

type Auth = ReturnType<typeof createAuth>;
const holder = globalThis as typeof globalThis & { kakehashiAuth?: { settings: AccessSettings; auth: Auth } };

/** The sign-in library of this process, made at the first call. Passwords: scrypt, its default. */
export function getAuth(): Auth {
  const settings = getAccessSettings();
  if (holder.kakehashiAuth?.settings !== settings) holder.kakehashiAuth = { settings, auth: createAuth(settings) };
  return holder.kakehashiAuth.auth;
}

/** The origins from which a browser may change something: the public address; for this machine also its other name. */
export function trustedOrigins(publicUrl: string): string[] {
  const { origin, hostname } = new URL(publicUrl);
  if (hostname === "localhost") return [origin, origin.replace("//localhost", "//127.0.0.1")];
  if (hostname === "127.0.0.1") return [origin, origin.replace("//127.0.0.1", "//localhost")];
  return [origin];
}

function createAuth(settings: AccessSettings) {
  return betterAuth({
    baseURL: settings.publicUrl,
    basePath: "/api/auth",
    secret: settings.authSecret ?? deriveAuthSecret(settings),
    database: createAuthAdapter(),
    trustedOrigins: trustedOrigins(settings.publicUrl),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        role: { type: "string", required: false, defaultValue: "read-only", input: false },
        language: { type: "string", required: false, input: false },
        deactivatedAt: { type: "date", required: false, input: false },
      },
    },
    session: { expiresIn: IDLE_SECONDS, updateAge: 60, freshAge: 0 },
    // Guessing is slowed per account by sign-in-pace; this is the net under it, per address.
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: { "/sign-in/email": { window: 60, max: 60 } },
    },
    advanced: {
      cookiePrefix: "kakehashi",
      useSecureCookies: settings.publicUrl.startsWith("https://"),
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

/** Sessions end when the newest encryption key changes, unless a secret of their own is set. */
function deriveAuthSecret(settings: AccessSettings): string {
  const key = hkdfSync("sha256", settings.encryptionKeys[0].key, "", "kakehashi sign-in cookies v1", 32);
  return Buffer.from(key).toString("base64url");
}
