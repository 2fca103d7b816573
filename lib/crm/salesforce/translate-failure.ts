import { z } from "zod";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import { type Answer, describeOddAnswer, isUncertain, parseJson } from "../answers";

/** Whole-call refusals say `errorCode`, records of a collection say `statusCode`; both always come as a list. */
export const errorListSchema = z
  .array(
    z.looseObject({
      errorCode: z.string().nullish(),
      statusCode: z.string().nullish(),
      message: z.string().nullish(),
      fields: z.array(z.string()).nullish(),
    }),
  )
  .min(1);
export type SalesforceErrors = z.infer<typeof errorListSchema>;

/** What a refused call says: Salesforce's error list, or whatever stood in its place. */
export function translateRefusal(answer: Answer, isWrite: boolean): RemoteFailure {
  return translateBody(parseJson(answer.text), answer, isWrite);
}

/** The same for one part of a composite call, whose body is parsed already. */
export function translatePart(status: number, body: unknown, isWrite: boolean): RemoteFailure {
  return translateBody(body, { status, text: typeof body === "string" ? body : JSON.stringify(body ?? "") }, isWrite);
}

/** `code` and `message` of the first error decide; further messages are appended, all named fields are kept. */
export function translateErrors(errors: SalesforceErrors, status: number): RemoteFailure {
  const messages = errors.map((error) => tidyMessage(error.message ?? "")).filter((message) => message !== "");
  return {
    side: "salesforce",
    status,
    code: errors[0]?.statusCode ?? errors[0]?.errorCode ?? "",
    message: [...new Set(messages)].join("; "),
    fields: [...new Set(errors.flatMap((error) => namedFields(error.fields ?? [], error.message ?? "")))],
    uncertain: false,
  };
}

/** A refused query begins with the place in its text, which says nothing to people. */
function tidyMessage(message: string): string {
  return message.replace(/^[\s\S]*ERROR at Row:\d+:Column:\d+\n/, "").trim();
}

/** A field that is gone, or hidden from our user, is named in the message alone. */
function namedFields(fields: string[], message: string): string[] {
  if (fields.length > 0) return fields;
  const named = /No such column '([\w.]+)'|external ID field does not exist or is not accessible: (\w+)/g;
  return [...message.matchAll(named)].flatMap(([, column, key]) => column ?? key ?? []);
}

function translateBody(body: unknown, answer: Answer, isWrite: boolean): RemoteFailure {
  const parsed = errorListSchema.safeParse(body);
  const failure = parsed.success
    ? translateErrors(parsed.data, answer.status)
    : describeOddAnswer("salesforce", answer, isWrite);
  return { ...failure, uncertain: isUncertain(answer.status, isWrite) };
}
