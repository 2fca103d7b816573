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

/** The JSON in a body, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPageText(text: string): string {
  const words = text
    .replace(/<(style|script|title)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > MAX_PAGE_TEXT ? `${words.slice(0, MAX_PAGE_TEXT)}…` : words;
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
