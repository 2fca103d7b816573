export type SignInAnswer =
  | { kind: "ok" }
  | { kind: "wrong" }
  | { kind: "rate_limited"; waitSeconds: number | null }
  | { kind: "unreachable" };

/** Seconds named by better-auth's X-Retry-After (or the standard header); null when neither is a number. */
function readWait(headers: Headers): number | null {
  const seconds = Number(headers.get("x-retry-after") ?? headers.get("retry-after") ?? "");
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}

/** POST /api/auth/sign-in/email; the session comes back as a cookie. Never throws. */
export async function sendSignIn(email: string, password: string): Promise<SignInAnswer> {
  try {
    const response = await fetch("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (response.ok) return { kind: "ok" };
    if (response.status === 429) return { kind: "rate_limited", waitSeconds: readWait(response.headers) };
    return { kind: response.status >= 500 ? "unreachable" : "wrong" };
  } catch {
    return { kind: "unreachable" };
  }
}
