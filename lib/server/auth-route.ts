import { z } from "zod";
import { getAccessSettings } from "@/lib/access/access-settings";
import { getAuth } from "@/lib/access/auth";
import { endIfDeactivated } from "@/lib/access/people";
import { readSession } from "@/lib/access/read-session";
import { noteSignIn, waitBeforeSignIn } from "@/lib/access/sign-in-pace";
import { writeAudit } from "@/lib/access/write-audit";
import { PASSWORD_MIN } from "@/lib/contracts/users";
import { checkOrigin } from "./check-origin";
import { Refusal } from "./problem";
import { readJsonBody } from "./read-request";
import { answerSafely } from "./route";

/** What of the sign-in library is reachable; everything else it could do (sign-up, changing addresses) does not exist. */
const OPEN = new Set(["POST /sign-in/email", "POST /sign-out", "POST /change-password"]);

const signInSchema = z.looseObject({ email: z.email().max(254), password: z.string().min(1).max(1000) });

/** All of /api/auth/*: the sign-in library behind a list of open doors, an origin check and the pace per account. */
export const handleAuth = (request: Request): Promise<Response> =>
  answerSafely(request, async () => {
    const path = new URL(request.url).pathname.replace(/^\/api\/auth/, "");
    if (!OPEN.has(`${request.method} ${path}`)) throw new Refusal("not_found");
    if (request.method !== "GET" && request.headers.has("cookie")) {
      checkOrigin(request.headers, getAccessSettings().publicUrl);
    }
    if (path === "/sign-in/email") return signIn(request);
    return path === "/change-password" ? changePassword(request) : getAuth().handler(request);
  });

const changeSchema = z.object({
  currentPassword: z.string().min(1).max(1000),
  newPassword: z.string().min(PASSWORD_MIN).max(128),
  revokeOtherSessions: z.boolean().default(true),
});

/** Tries of the current password are slowed like those of a sign-in: a stolen session must not become the account. */
async function changePassword(request: Request): Promise<Response> {
  const session = await readSession(request.headers);
  if (!session) throw new Refusal("not_signed_in");
  const words = await readJsonBody(request, changeSchema);
  const account = session.email.toLowerCase();
  const waitMs = waitBeforeSignIn(account, Date.now());
  if (waitMs > 0) return tooManyTries(Math.ceil(waitMs / 1000));
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  const body = JSON.stringify(words);
  const response = await getAuth().handler(new Request(request.url, { method: "POST", headers, body }));
  noteSignIn(account, response.ok, Date.now());
  if (!response.ok) throw new Refusal("invalid_input", { fields: [{ path: "currentPassword", message: "invalid" }] });
  await writeAudit(account, "password_set", null);
  return withoutToken(response, account);
}

async function signIn(request: Request): Promise<Response> {
  const { email, password } = await readJsonBody(request, signInSchema);
  return signInWith(request, email.toLowerCase(), password);
}

/** Signs in with these words in the name of `request`; the answer sets the cookie. */
export async function signInWith(request: Request, account: string, password: string): Promise<Response> {
  const waitMs = waitBeforeSignIn(account, Date.now());
  if (waitMs > 0) return tooManyTries(Math.ceil(waitMs / 1000));
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  const body = JSON.stringify({ email: account, password });
  headers.set("content-type", "application/json");
  const url = new URL("/api/auth/sign-in/email", request.url);
  const response = await getAuth().handler(new Request(url, { method: "POST", headers, body }));
  const letIn = response.ok && !(await endIfDeactivated(account));
  if (response.ok || response.status === 401) noteSignIn(account, letIn, Date.now());
  if (!response.ok) return response;
  if (!letIn) return wrongWords();
  await writeAudit(account, "signed_in", null);
  return withoutToken(response, account);
}

/** The library repeats the session token in the body, where scripts could read it; the cookie is enough. */
function withoutToken(response: Response, account: string): Response {
  const answer = Response.json({ email: account });
  for (const line of response.headers.getSetCookie()) answer.headers.append("set-cookie", line);
  return answer;
}

/** Somebody who was deactivated is answered like a wrong password: whether there is an account stays unsaid. */
function wrongWords(): Response {
  return Response.json({ code: "INVALID_EMAIL_OR_PASSWORD", message: "Invalid email or password" }, { status: 401 });
}

/** In the words of the sign-in library, so that a client needs to know one form. */
function tooManyTries(seconds: number): Response {
  const headers = { "retry-after": String(seconds), "x-retry-after": String(seconds) };
  const body = { code: "TOO_MANY_REQUESTS", message: "Too many tries. Wait a moment." };
  return Response.json(body, { status: 429, headers });
}
