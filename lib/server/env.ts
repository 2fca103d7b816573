import { z } from "zod";

/**
 * The settings, read from environment variables. Times and sizes are in the unit that the name says; URLs have no
 * trailing slash. What is optional is undefined when unset, and the feature that needs it says so where it is used.
 */
export type Env = {
  /** Port of the web server. */
  port: number;
  /** PostgreSQL connection URL. */
  databaseUrl: string;
  /** Folder for what the embedded parts keep; the app itself keeps nothing outside the database. */
  dataDir: string;
  /** Address under which people and the two clouds reach the app; OAuth redirects are built from it. */
  publicUrl: string;
  /** Keys for the tokens at rest, newest first: the first one encrypts, all of them decrypt. */
  encryptionKeys: [EncryptionKey, ...EncryptionKey[]];
  /** Bearer secret of the cron route; undefined: the route is closed. */
  cronSecret: string | undefined;
  /** Bearer secret of the metrics route; undefined: the route is closed. */
  metricsToken: string | undefined;
  /** Secret of the sign-in sessions; undefined: derived from the newest encryption key. */
  authSecret: string | undefined;
  logLevel: (typeof LOG_LEVELS)[number];
  hubspot: { apiUrl: string; authorizeUrl: string; clientId: string | undefined; clientSecret: string | undefined };
  salesforce: { loginUrl: string; clientId: string | undefined; clientSecret: string | undefined };
  /** Where e-mails are handed in and who they come from; undefined: none are sent, links are shown instead. */
  mail: { smtpUrl: string; from: string } | undefined;
  /** The first administrator, made at the first start while there is no user yet. */
  firstAdmin: { email: string; password: string; apiKey: string | undefined } | undefined;
};

/** `key` has 32 bytes (AES-256); `id` is stored beside what it encrypted. */
export type EncryptionKey = { id: string; key: Uint8Array };

/** Settings that are missing or wrong. The message names each one and its cure, and never repeats a value. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const KEY_BYTES = 32;
const MAKE_KEY = `node -e "console.log('k1:' + require('crypto').randomBytes(32).toString('base64'))"`;
const MAKE_SECRET = `node -e "console.log(require('crypto').randomBytes(24).toString('hex'))"`;

const text = z.string().optional();
const webAddress = z
  .url({ protocol: /^https?$/, error: "must be a web address such as https://crm.example.com" })
  .transform((value) => value.replace(/\/+$/, ""));
const secret = (bytes: number) =>
  z.string().min(bytes, `must have at least ${bytes} characters. Make one with: ${MAKE_SECRET}`).optional();

const environment = z.object({
  PORT: z.coerce.number({ error: "must be a port number" }).int().min(1).max(65_535).default(3000),
  DATABASE_URL: z
    .string({ error: "is missing. Set it to a PostgreSQL database: postgresql://user:password@host:5432/kakehashi" })
    .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://"),
  KAKEHASHI_DATA_DIR: z.string().default(".data"),
  KAKEHASHI_PUBLIC_URL: webAddress.optional(),
  KAKEHASHI_ENCRYPTION_KEYS: z
    .string({ error: `is missing: tokens are never stored without it. Make one with: ${MAKE_KEY}` })
    .transform(parseEncryptionKeys),
  CRON_SECRET: secret(8),
  METRICS_TOKEN: secret(8),
  BETTER_AUTH_SECRET: secret(32),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(", ")}` }).default("info"),
  HUBSPOT_API_URL: webAddress.prefault("https://api.hubapi.com"),
  HUBSPOT_AUTHORIZE_URL: webAddress.prefault("https://app.hubspot.com/oauth/authorize"),
  HUBSPOT_CLIENT_ID: text,
  HUBSPOT_CLIENT_SECRET: text,
  SALESFORCE_LOGIN_URL: webAddress.prefault("https://login.salesforce.com"),
  SALESFORCE_CLIENT_ID: text,
  SALESFORCE_CLIENT_SECRET: text,
  SMTP_URL: z
    .string()
    .regex(
      /^smtps?:\/\//,
      "must begin with smtp:// or smtps://, for example smtps://user:password@mail.example.com:465",
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/,
      "must be an email address, with or without a name: Kakehashi <sync@example.com>",
    )
    .optional(),
  KAKEHASHI_ADMIN_EMAIL: z.email("must be an email address").optional(),
  KAKEHASHI_ADMIN_PASSWORD: z.string().min(8, "must have at least 8 characters").optional(),
  KAKEHASHI_ADMIN_API_KEY: secret(20),
});

function parseEncryptionKeys(value: string, context: z.RefinementCtx<string>): [EncryptionKey, ...EncryptionKey[]] {
  const [first, ...older] = value.split(",").map((entry) => parseEncryptionKey(entry.trim(), context));
  const keys: (EncryptionKey | undefined)[] = [first, ...older];
  const ids = keys.map((key) => key?.id);
  if (keys.every(Boolean) && new Set(ids).size < ids.length) {
    context.addIssue("uses the same key name twice. Give each key a name of its own, the newest first");
  }
  return (keys.every((key) => key !== undefined) ? keys : z.NEVER) as [EncryptionKey, ...EncryptionKey[]];
}

function parseEncryptionKey(entry: string, context: z.RefinementCtx<string>): EncryptionKey | undefined {
  const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
  if (!id || !encoded) {
    context.addIssue(`must look like name:key, several separated by commas. Make one with: ${MAKE_KEY}`);
    return undefined;
  }
  const key = new Uint8Array(Buffer.from(encoded, "base64"));
  if (key.length !== KEY_BYTES) {
    context.addIssue(`has a key of ${key.length} bytes, not ${KEY_BYTES}. Make one with: ${MAKE_KEY}`);
    return undefined;
  }
  return { id, key };
}

/**
 * Checks the settings of `source` and puts in what is left out. An empty value counts as unset, as in `.env` files.
 *
 * @throws EnvError that lists every setting in need of a cure.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new EnvError(describeIssues(parsed.error));
  const v = parsed.data;
  return {
    port: v.PORT,
    databaseUrl: v.DATABASE_URL,
    dataDir: v.KAKEHASHI_DATA_DIR,
    publicUrl: v.KAKEHASHI_PUBLIC_URL ?? `http://localhost:${v.PORT}`,
    encryptionKeys: v.KAKEHASHI_ENCRYPTION_KEYS,
    cronSecret: v.CRON_SECRET,
    metricsToken: v.METRICS_TOKEN,
    authSecret: v.BETTER_AUTH_SECRET,
    logLevel: v.LOG_LEVEL,
    hubspot: {
      apiUrl: v.HUBSPOT_API_URL,
      authorizeUrl: v.HUBSPOT_AUTHORIZE_URL,
      clientId: v.HUBSPOT_CLIENT_ID,
      clientSecret: v.HUBSPOT_CLIENT_SECRET,
    },
    salesforce: {
      loginUrl: v.SALESFORCE_LOGIN_URL,
      clientId: v.SALESFORCE_CLIENT_ID,
      clientSecret: v.SALESFORCE_CLIENT_SECRET,
    },
    mail: readMail(v),
    firstAdmin: readFirstAdmin(v),
  };
}

function readMail({ SMTP_URL: smtpUrl, MAIL_FROM: from }: z.infer<typeof environment>): Env["mail"] {
  if (!smtpUrl && !from) return undefined;
  if (!smtpUrl || !from) throw new EnvError("SMTP_URL and MAIL_FROM belong together: set both or neither.");
  return { smtpUrl, from };
}

function readFirstAdmin(v: z.infer<typeof environment>): Env["firstAdmin"] {
  const { KAKEHASHI_ADMIN_EMAIL: email, KAKEHASHI_ADMIN_PASSWORD: password } = v;
  if (!email && !password) return undefined;
  if (!email || !password) {
    throw new EnvError("KAKEHASHI_ADMIN_EMAIL and KAKEHASHI_ADMIN_PASSWORD belong together: set both or neither.");
  }
  return { email, password, apiKey: v.KAKEHASHI_ADMIN_API_KEY };
}

function describeIssues(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  return ["Some settings need attention (all of them are explained in .env.example):", ...lines].join("\n");
}

let known: Env | undefined;

/**
 * The settings of this process, checked at the first call and kept.
 *
 * @throws EnvError that lists every setting in need of a cure.
 */
export function readEnv(): Env {
  known ??= parseEnv(process.env);
  return known;
}
