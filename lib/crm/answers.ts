import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { Side } from "@/lib/decide/record-types";

/** One HTTP answer, read to its end. */
export type Answer = { status: number; text: string };

/** Neither vendor needs longer for the largest batch; a silent line must not hold a worker (both SDKs wait for minutes). */
export const CALL_TIMEOUT_MS = 30_000;

/** Long error pages are cut: the card shows one line. */
const MAX_PAGE_TEXT = 300;

/** Nothing left this machine: the name or the port did not answer, so a write cannot have happened. */
const NEVER_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

/** Thrown when no answer came in time; the request may have been carried out. */
export class CallTimeout extends Error {
  override readonly name = "CallTimeout";
}

/** The failure of a call that got no whole answer. `uncertain` when a write left and its fate is unknown. */
export function describeLostAnswer(side: Side, error: unknown, isWrite: boolean): RemoteFailure {
  const chain = listCauses(error);
  const neverSent = chain.some((cause) => NEVER_SENT.includes(codeOf(cause)));
  const words = chain.map((cause) => [codeOf(cause), cause.message].filter((word) => word !== "").join(" "));
  const message = [...new Set(words)].join(": ") || "no answer";
  return { side, status: 0, code: "", message, fields: [], uncertain: isWrite && !neverSent };
}

/**
 * The failure for an answer that is not the vendor's JSON: an HTML page of a gateway, half a body, an empty one.
 * A write answered so is uncertain, except where the status itself says that it was refused.
 */
export function describeOddAnswer(side: Side, answer: Answer, isWrite: boolean): RemoteFailure {
  const text = readPageText(answer.text);
  const message = text === "" ? `empty answer with status ${answer.status}` : text;
  return {
    side,
    status: answer.status,
    code: "",
    message,
    fields: [],
    uncertain: isUncertain(answer.status, isWrite),
  };
}

/** 4xx says refused (408: given up waiting); 5xx and a broken 2xx may hide a write that was carried out. */
export function isUncertain(status: number, isWrite: boolean): boolean {
  return isWrite && (status >= 500 || status < 400 || status === 408);
}

/**
 * What JSON can say and PostgreSQL never keeps: NUL, and half a character (a text that somebody cut in the middle of one).
 * One such value would keep its whole page from being kept, at every check anew.
 */
const UNKEEPABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** The JSON in a body, or undefined when it is not JSON. Texts come without NUL and without halves of characters. */
export function parseJson(text: string): unknown {
  try {
    return UNKEEPABLE.test(text) ? JSON.parse(text, keepable) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A body as it came, or with such texts made good. */
export function cleanJson(text: string): string {
  const parsed = UNKEEPABLE.test(text) ? parseJson(text) : undefined;
  return parsed === undefined ? text : JSON.stringify(parsed);
}

function keepable(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
}

function readPageText(text: string): string {
  const words = text
    .replace(/<(style|script|title)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > MAX_PAGE_TEXT ? `${words.slice(0, MAX_PAGE_TEXT).toWellFormed()}…` : words;
}

function listCauses(error: unknown): Error[] {
  const chain: Error[] = [];
  let current = error;
  // fetch wraps the socket's error once or twice; 5 is a guard against a cycle.
  while (current instanceof Error && chain.length < 5) {
    chain.push(current);
    current = current.cause;
  }
  return chain;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
