import { type Logger, pino } from "pino";

// Names under which secrets travel, at any of the depths in which we log objects.
const SECRET_KEYS = [
  "password",
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "client_secret",
  "clientSecret",
  "code_verifier",
  "verifier",
  "authorization",
  "cookie",
  "token",
  "secret",
  "apiKey",
];

/** Tokens of both vendors, bearer headers and database passwords inside free text, e.g. a vendor's error message. */
const SECRET_TEXT =
  /pat-[a-z0-9]+-[A-Za-z0-9-]{8,}|00D[A-Za-z0-9]{12,15}![A-Za-z0-9._-]+|5Aep[A-Za-z0-9._-]{10,}|Bearer\s+[A-Za-z0-9._~+/=-]{8,}|(?<=:\/\/[^:/\s]{1,64}:)[^@/\s]+(?=@)/g;

/** The text with everything that looks like a token replaced. */
export function redactText(text: string): string {
  return text.replace(SECRET_TEXT, "[hidden]");
}

let logger: Logger | undefined;

/** The log of this process: one JSON line per event on stdout, secrets replaced. Level by LOG_LEVEL. */
export function getLog(): Logger {
  logger ??= pino({
    level: process.env.LOG_LEVEL || "info",
    base: null,
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[hidden]" },
    serializers: { err: describeError, error: describeError },
    hooks: {
      logMethod(inputArgs, method) {
        const safe = inputArgs.map((arg: unknown) => (typeof arg === "string" ? redactText(arg) : arg));
        method.apply(this, safe as Parameters<typeof method>);
      },
    },
  });
  return logger;
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? redactText(error) : error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return {
    type: error.name,
    code,
    message: redactText(error.message),
    stack: error.stack === undefined ? undefined : redactText(error.stack),
  };
}
