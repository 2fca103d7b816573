import { z } from "zod";
import { CrmCallError } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { translatePart } from "./translate-failure";

/** Queries and collections that one composite call takes (25 subrequests of any kind). */
export const MAX_PARTS = 5;

export type Part = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  url: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
};
export type PartAnswer = { status: number; body: unknown };

const compositeSchema = z.looseObject({
  compositeResponse: z.array(z.looseObject({ body: z.unknown(), httpStatusCode: z.number(), referenceId: z.string() })),
});

/**
 * Runs up to 5 parts in one call, in order, each for itself. Answers one entry per part; a part without one counts as
 * status 0. Throws CrmCallError when the call as a whole fails.
 */
export async function callComposite(
  call: CallSalesforce,
  paths: SalesforcePaths,
  parts: Part[],
  isWrite: boolean,
): Promise<PartAnswer[]> {
  const compositeRequest = parts.map((part, index) => ({ ...part, referenceId: `part${index}` }));
  const reply = await call({
    method: "POST",
    path: paths.composite,
    body: { allOrNone: false, compositeRequest },
    isWrite,
    reply: compositeSchema,
  });
  const byReference = new Map(reply.compositeResponse.map((answer) => [answer.referenceId, answer]));
  return parts.map((_, index): PartAnswer => {
    const answer = byReference.get(`part${index}`);
    return answer ? { status: answer.httpStatusCode, body: answer.body } : { status: 0, body: undefined };
  });
}

/** The checked body of a part that only reads. Throws CrmCallError when it was refused or is not what it should be. */
export function readPart<T>(answer: PartAnswer, reply: z.ZodType<T>): T {
  const parsed = reply.safeParse(answer.body);
  if (answer.status >= 200 && answer.status < 300 && parsed.success) return parsed.data;
  throw new CrmCallError(translatePart(answer.status, answer.body, false));
}
