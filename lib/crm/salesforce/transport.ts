import { PassThrough } from "node:stream";
import type { HttpRequest, HttpResponse } from "jsforce";
import { type Answer, CALL_TIMEOUT_MS, cleanJson } from "../answers";

/** Calls of the whole org in 24 h, everybody's, and how many it may make. */
export type OrgUsage = { used: number; max: number };

/** `api-usage=4143/15000`, sometimes with more parts after it (header Sforce-Limit-Info). */
export function readOrgUsage(header: string | null): OrgUsage | null {
  const [, used, max] = /(?:^|[;,\s])api-usage=(\d{1,10})\/(\d{1,10})/.exec(header ?? "") ?? [];
  return used === undefined || max === undefined ? null : { used: Number(used), max: Number(max) };
}

/**
 * One request of a jsforce connection, sent once; stands in for jsforce's own transport, which repeats GETs five times,
 * waits 30 minutes for an answer, hides its status, and brings the whole process down when a body breaks off in the
 * middle (3.10.26: the piped body's error has no listener).
 */
export class OneShotTransport {
  /** The answer as it came; null until a whole one did */
  answer: Answer | null = null;
  /** Why no whole answer came; null when one did */
  lost: Error | null = null;
  /** What the answer said of the org's calls; null when it said nothing */
  orgUsage: OrgUsage | null = null;

  /** Called by jsforce, which wants a promise that also has a stream. */
  httpRequest(request: HttpRequest): Promise<HttpResponse> & { stream(): PassThrough } {
    return Object.assign(this.send(request), { stream: () => new PassThrough() });
  }

  private async send(request: HttpRequest): Promise<HttpResponse> {
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers ?? {},
        ...(typeof request.body === "string" ? { body: request.body } : {}),
        redirect: "manual",
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      });
      this.orgUsage = readOrgUsage(response.headers.get("sforce-limit-info"));
      const text = cleanJson(await response.text());
      this.answer = { status: response.status, text };
      return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: text };
    } catch (error) {
      this.lost = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}
