import { Client } from "@hubspot/api-client";
import type { z } from "zod";
import {
  type Answer,
  CALL_TIMEOUT_MS,
  CallTimeout,
  describeLostAnswer,
  describeOddAnswer,
  parseJson,
} from "../answers";
import { type CallGate, CrmCallError, type TokenSource } from "../face";
import { translateRefusal } from "./translate-failure";

export type HubSpotOptions = { tokens: TokenSource; gate: CallGate };

export type HubSpotRequest<T> = {
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** A lost answer to it leaves its fate open */
  isWrite: boolean;
  /** Search has its own limit of 5 calls a second */
  isSearch?: boolean;
  reply: z.ZodType<T>;
};

/** Sends one request and answers its checked body. Throws CrmCallError for everything but a good 2xx. */
export type CallHubSpot = <T>(request: HubSpotRequest<T>) => Promise<T>;

type Token = { accessToken: string; baseUrl: string };

const A_SECOND_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Sends requests one by one; a 401 is renewed and repeated once, which is safe because nothing was done. */
export function createCall(o: HubSpotOptions): CallHubSpot {
  return async (request) => {
    const token = await o.tokens.current();
    const first = await sendCounted(o, token, request);
    const answer =
      first.status === 401 ? await sendCounted(o, await o.tokens.renew(token.accessToken), request) : first;
    return readReply(answer, request);
  };
}

function readReply<T>(answer: Answer, request: HubSpotRequest<T>): T {
  if (answer.status < 200 || answer.status > 299) throw new CrmCallError(translateRefusal(answer, request.isWrite));
  const parsed = request.reply.safeParse(parseJson(answer.text));
  // The status alone proves nothing: gateways answer 200 with HTML, and a cut line leaves half a body.
  if (!parsed.success) throw new CrmCallError(describeOddAnswer("hubspot", answer, request.isWrite));
  return parsed.data;
}

async function sendCounted<T>(o: HubSpotOptions, token: Token, request: HubSpotRequest<T>): Promise<Answer> {
  await o.gate.acquire(request.isSearch ? "hubspot_search" : "hubspot");
  let told: Told = { perTenSeconds: null, pauseMs: 0 };
  try {
    const answer = await sendInTime(token, request);
    told = answer;
    return answer;
  } catch (error) {
    throw new CrmCallError(describeLostAnswer("hubspot", error, request.isWrite));
  } finally {
    o.gate.note("hubspot", told.perTenSeconds, told.pauseMs);
  }
}

/** What an answer says of the pace. */
type Told = { perTenSeconds: number | null; pauseMs: number };
type CountedAnswer = Answer & Told;

/**
 * The client takes no abort signal, so that a late answer is left to itself after the timeout; whoever asked is told
 * at once and treats a write as open.
 */
async function sendInTime<T>(token: Token, request: HubSpotRequest<T>): Promise<CountedAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallTimeout(`no answer within ${CALL_TIMEOUT_MS} ms`)), CALL_TIMEOUT_MS);
  });
  try {
    return await Promise.race([send(token, request), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function send<T>(token: Token, request: HubSpotRequest<T>): Promise<CountedAnswer> {
  // Retries stay off: they sit in a module-wide singleton of the client, and repeating a create doubles records.
  const client = new Client({
    accessToken: token.accessToken,
    basePath: token.baseUrl.replace(/\/+$/, ""),
    numberOfApiCallRetries: 0,
  });
  const response = await client.apiRequest({
    method: request.method,
    path: request.path,
    ...(request.query ? { qs: request.query } : {}),
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, text, perTenSeconds: readLimit(headers), pauseMs: readPause(status, headers, text) };
}

/** Search answers carry no such header: null. */
function readLimit(headers: Headers): number | null {
  const limit = Number(headers.get("X-HubSpot-RateLimit-Max") ?? "");
  return Number.isFinite(limit) && limit > 0 ? limit : null;
}

/** As long as HubSpot asks for (documented for 477); a limit per second says by its words alone that it is one. */
function readPause(status: number, headers: Headers, text: string): number {
  if (status < 400) return 0;
  const seconds = Number(headers.get("Retry-After") ?? "");
  if (Number.isFinite(seconds) && seconds > 0) return Math.min(seconds * 1_000, LONGEST_PAUSE_MS);
  return status === 429 && /secondly/i.test(text) ? A_SECOND_MS : 0;
}
