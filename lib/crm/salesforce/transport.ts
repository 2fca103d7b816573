import { PassThrough } from "node:stream";
import { StreamPromise } from "jsforce";
import { Transport } from "jsforce/lib/transport";
import type { HttpRequest, HttpResponse } from "jsforce/lib/types";
import { type Answer, CALL_TIMEOUT_MS } from "../answers";

/**
 * One request of a jsforce connection, sent once. jsforce's own transport repeats GETs five times, waits 30 minutes
 * for an answer, and brings the whole process down when a body breaks off in the middle (3.10.26: the error of the
 * piped body has no listener). It also hides the status of an answer, which `answer` keeps.
 */
export class OneShotTransport extends Transport {
  /** The answer as it came; null until a whole one did */
  answer: Answer | null = null;

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.send(request) }));
  }

  private async send(request: HttpRequest): Promise<HttpResponse> {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      ...(typeof request.body === "string" ? { body: request.body } : {}),
      redirect: "manual",
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    const text = await response.text();
    this.answer = { status: response.status, text };
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: text };
  }
}
