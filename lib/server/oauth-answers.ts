import type { OAuthProblem } from "@/lib/access/oauth-flow";

/** Breaches of the protocol are bad requests; what a person or a vendor decided is only told. */
const BREACHES = new Set<OAuthProblem>(["state_invalid", "instance_url_refused"]);

export function answerSeeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });
}

/** The page that began says what went wrong. A breach is a 400 whose page moves on by itself. */
export function answerOAuthProblem(problem: OAuthProblem, page: "/connection" | "/setup"): Response {
  const path = `${page}?problem=${problem}`;
  if (!BREACHES.has(problem)) return answerSeeOther(path);
  const html = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${path}"><title>Kakehashi</title><p><a href="${path}">Kakehashi</a></p>`;
  return new Response(html, {
    status: 400,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
