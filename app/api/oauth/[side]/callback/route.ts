import { finishOAuth } from "@/lib/access/oauth-flow";
import { readSession } from "@/lib/access/read-session";
import { isAllowed } from "@/lib/access/roles";
import { writeAudit } from "@/lib/access/write-audit";
import { getLog } from "@/lib/server/log";
import { answerOAuthProblem, answerSeeOther } from "@/lib/server/oauth-answers";
import { Refusal } from "@/lib/server/problem";
import { answerSafely } from "@/lib/server/route";
import { welcomeSide } from "@/lib/sync/change-connection";

type Context = { params: Promise<{ side: string }> };

/** Where both vendors send the browser back; ends on the page that began, whatever happened. */
export const GET = (request: Request, { params }: Context) =>
  answerSafely(request, async () => {
    const { side } = await params;
    if (side !== "hubspot" && side !== "salesforce") throw new Refusal("not_found");
    const session = await readSession(request.headers);
    const { searchParams } = new URL(request.url);
    const [state, code, error] = ["state", "code", "error"].map((name) => searchParams.get(name));
    const mayConnect = session !== null && isAllowed(session.role, "configure");
    const outcome = await finishOAuth(
      side,
      { state: state ?? null, code: code ?? null, error: error ?? null },
      mayConnect ? session.sessionId : null,
    );
    const by = session?.email ?? "unknown";
    if (!outcome.ok) {
      await writeAudit(by, "connection_refused", null, { side, problem: outcome.problem });
      return answerOAuthProblem(outcome.problem, `/${outcome.returnTo}`);
    }
    await writeAudit(by, outcome.switched ? "account_switched" : "connected", outcome.connectionId, { side });
    await welcomeSide(outcome.connectionId, side).catch((failure: unknown) => {
      // The sign-in is kept; set-up or "prepare" reads the account again.
      getLog().warn({ err: failure, side }, "The account could not be read right after connecting");
    });
    return answerSeeOther(`/${outcome.returnTo}?connected=${side}`);
  });
