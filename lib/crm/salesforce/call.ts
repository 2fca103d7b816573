import { Connection } from "jsforce";
import type { z } from "zod";
import { describeLostAnswer, describeOddAnswer } from "../answers";
import { type BulkWatch, type CallGate, CrmCallError, type TokenSource } from "../face";
import { translateRefusal } from "./translate-failure";
import { OneShotTransport, type OrgUsage } from "./transport";

export type SalesforceOptions = {
  tokens: TokenSource;
  gate: CallGate;
  /** Default 67.0 (Summer '26) */
  apiVersion?: string;
  /** Names our writes in change events (`changeOrigin`); default "kakehashi" */
  clientName?: string;
  /** Told after every answer that says how many calls the org has made */
  onOrgUsage?: (usage: OrgUsage) => void;
  bulkWatch?: BulkWatch | undefined;
};

export type SalesforceRequest<T> = {
  method: "GET" | "POST" | "PATCH";
  /** From the root of the instance */
  path: string;
  body?: unknown;
  /** A lost answer to it leaves its fate open */
  isWrite: boolean;
  reply: z.ZodType<T>;
};

/** Sends one request and answers its checked body. Throws CrmCallError for everything but a good 2xx. */
export type CallSalesforce = <T>(request: SalesforceRequest<T>) => Promise<T>;

type Token = { accessToken: string; baseUrl: string };
type Outcome = { isSessionLost: boolean; body: unknown; error: CrmCallError | null };

export const DEFAULT_API_VERSION = "67.0";
/** How our calls name themselves, so that change events tell which changes are ours. */
export const DEFAULT_CLIENT_NAME = "kakehashi";

/** Sends requests one by one; a 401 is renewed and repeated once, which is safe because nothing was done. */
export function createCall(o: SalesforceOptions): CallSalesforce {
  return async (request) => {
    const token = await o.tokens.current();
    const first = await sendCounted(o, token, request);
    const outcome = first.isSessionLost
      ? await sendCounted(o, await o.tokens.renew(token.accessToken), request)
      : first;
    if (outcome.error) throw outcome.error;
    const parsed = request.reply.safeParse(outcome.body);
    if (parsed.success) return parsed.data;
    // The status alone proves nothing: gateways answer 200 with HTML, and a cut line leaves half a body.
    const text = typeof outcome.body === "string" ? outcome.body : JSON.stringify(outcome.body ?? "");
    throw new CrmCallError(describeOddAnswer("salesforce", { status: 200, text }, request.isWrite));
  };
}

async function sendCounted<T>(o: SalesforceOptions, token: Token, request: SalesforceRequest<T>): Promise<Outcome> {
  await o.gate.acquire("salesforce");
  const transport = new OneShotTransport();
  try {
    return await send(o, token, request, transport);
  } finally {
    o.gate.note("salesforce", null);
    if (transport.orgUsage) o.onOrgUsage?.(transport.orgUsage);
  }
}

async function send<T>(
  o: SalesforceOptions,
  token: Token,
  request: SalesforceRequest<T>,
  transport: OneShotTransport,
): Promise<Outcome> {
  // No refreshFn: jsforce would renew behind our back and forgets rotated refresh tokens.
  const connection = new Connection({
    instanceUrl: token.baseUrl.replace(/\/+$/, ""),
    accessToken: token.accessToken,
    version: o.apiVersion ?? DEFAULT_API_VERSION,
    callOptions: { client: o.clientName ?? DEFAULT_CLIENT_NAME },
  });
  try {
    const body = await connection.request(toHttpRequest(request), { transport });
    const answer = transport.answer ?? { status: 0, text: "" };
    if (answer.status >= 200 && answer.status < 300) return { isSessionLost: false, body, error: null };
    return { isSessionLost: false, body, error: new CrmCallError(translateRefusal(answer, request.isWrite)) };
  } catch (error) {
    const { answer, lost } = transport;
    if (lost) throw new CrmCallError(describeLostAnswer("salesforce", lost, request.isWrite));
    if (answer === null) throw error;
    const refusal = new CrmCallError(translateRefusal(answer, request.isWrite));
    return { isSessionLost: answer.status === 401, body: undefined, error: refusal };
  }
}

function toHttpRequest<T>(request: SalesforceRequest<T>): {
  method: SalesforceRequest<T>["method"];
  url: string;
  body?: string;
  headers?: Record<string, string>;
} {
  if (request.body === undefined) return { method: request.method, url: request.path };
  return {
    method: request.method,
    url: request.path,
    body: JSON.stringify(request.body),
    headers: { "content-type": "application/json" },
  };
}
