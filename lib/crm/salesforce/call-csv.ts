import { CALL_TIMEOUT_MS, describeLostAnswer } from "../answers";
import { CrmCallError } from "../face";
import { DEFAULT_CLIENT_NAME, type SalesforceOptions } from "./call";
import { CsvReader } from "./csv";
import { translateRefusal } from "./translate-failure";
import { readOrgUsage } from "./transport";

export type CsvRequest = {
  method: "GET" | "PUT";
  /** From the root of the instance */
  path: string;
  /** CSV to upload */
  body?: string;
  /** A lost answer to it leaves its fate open */
  isWrite: boolean;
};

/** `locator` names the next page of a result; null = this was the last one. */
export type CsvEnd = { locator: string | null };

/**
 * Sends or fetches the rows of a bulk job; `take` gets every row of the answer, its header first, while it still comes
 * in. Throws CrmCallError for everything but a whole 2xx.
 */
export type CallCsv = (request: CsvRequest, take?: (row: string[]) => void) => Promise<CsvEnd>;

type Token = { accessToken: string; baseUrl: string };

/** Beside createCall, because jsforce takes CSV apart as a whole before it hands it out. */
export function createCsvCall(o: SalesforceOptions): CallCsv {
  return async (request, take = () => {}) => {
    const token = await o.tokens.current();
    let response = await send(o, token, request);
    if (response.status === 401) {
      await response.body?.cancel();
      response = await send(o, await o.tokens.renew(token.accessToken), request);
    }
    try {
      if (!response.ok) {
        const answer = { status: response.status, text: await response.text() };
        throw new CrmCallError(translateRefusal(answer, request.isWrite));
      }
      await readRows(response, take);
    } catch (error) {
      if (error instanceof CrmCallError) throw error;
      throw new CrmCallError(describeLostAnswer("salesforce", error, request.isWrite));
    }
    const locator = response.headers.get("sforce-locator");
    return { locator: locator === null || locator === "null" || locator === "" ? null : locator };
  };
}

async function send(o: SalesforceOptions, token: Token, request: CsvRequest): Promise<Response> {
  await o.gate.acquire("salesforce");
  try {
    const response = await fetch(token.baseUrl.replace(/\/+$/, "") + request.path, {
      method: request.method,
      headers: {
        authorization: `Bearer ${token.accessToken}`,
        accept: "text/csv",
        "sforce-call-options": `client=${o.clientName ?? DEFAULT_CLIENT_NAME}`,
        ...(request.body === undefined ? {} : { "content-type": "text/csv" }),
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: "manual",
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    const usage = readOrgUsage(response.headers.get("sforce-limit-info"));
    if (usage) o.onOrgUsage?.(usage);
    return response;
  } catch (error) {
    throw new CrmCallError(describeLostAnswer("salesforce", error, request.isWrite));
  } finally {
    o.gate.note("salesforce", null);
  }
}

async function readRows(response: Response, take: (row: string[]) => void): Promise<void> {
  if (!response.body) return;
  const reader = new CsvReader();
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    // NUL is what PostgreSQL never keeps, see parseJson.
    for (const row of reader.push(decoder.decode(chunk, { stream: true }).replaceAll("\0", ""))) take(row);
  }
  for (const row of [...reader.push(decoder.decode()), ...reader.end()]) take(row);
}
