import { z } from "zod";
import { getAccessSettings } from "@/lib/access/access-settings";
import { getAuth } from "@/lib/access/auth";
import { endIfDeactivated } from "@/lib/access/people";
import { noteSignIn, waitBeforeSignIn } from "@/lib/access/sign-in-pace";
import { writeAudit } from "@/lib/access/write-audit";
import { checkOrigin } from "./check-origin";
import { Refusal } from "./problem";
import { readJsonBody } from "./read-request";
import { answerSafely } from "./route";

/** What of the sign-in library is reachable; everything else it could do (sign-up, changing addresses) does not exist. */
const OPEN = new Set(["POST /sign-in/email", "POST /sign-out", "POST /change-password"]);

const signInSchema = z.object({ email: z.email().max(254), password: z.string().min(1).max(1000) });

/** All of /api/auth/*: the sign-in library behind a list of open doors, an origin check and the pace per account. */
export const handleAuth = (request: Request): Promise<Response> =>
  answerSafely(request, async () => {
    const path = new URL(request.url).pathname.replace(/^\/api\/auth/, "");
    if (!OPEN.has(`${request.method} ${path}`)) throw new Refusal("not_found");
    if (request.method !== "GET" && request.headers.has("cookie")) {
      checkOrigin(request.headers, getAccessSettings().publicUrl);
    }
    return path === "/sign-in/email" ? signIn(request) : getAuth().handler(request);
  });

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
  // The library repeats the session token in the body, where scripts could read it; the cookie is enough.
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
