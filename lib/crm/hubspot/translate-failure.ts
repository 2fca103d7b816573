import { z } from "zod";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import { type Answer, describeOddAnswer, isUncertain, parseJson } from "../answers";

/** HubSpot's error body, whole-call and per-input alike. */
export const errorSchema = z.looseObject({
  message: z.string(),
  category: z.string().nullish(),
  policyName: z.string().nullish(),
  errorType: z.string().nullish(),
  errors: z
    .array(
      z.looseObject({
        message: z.string().nullish(),
        code: z.string().nullish(),
        context: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
  context: z.record(z.string(), z.unknown()).nullish(),
});
export type HubSpotErrorBody = z.infer<typeof errorSchema>;

const valueProblemsSchema = z.array(
  z.looseObject({ message: z.string().nullish(), error: z.string(), name: z.string().nullish() }),
);

/** What a refused call says: HubSpot's JSON, or whatever stood in its place. */
export function translateRefusal(answer: Answer, isWrite: boolean): RemoteFailure {
  const parsed = errorSchema.safeParse(parseJson(answer.text));
  if (!parsed.success) return describeOddAnswer("hubspot", answer, isWrite);
  const failure = translateErrorBody(parsed.data, answer.status);
  return { ...failure, uncertain: isUncertain(answer.status, isWrite) };
}

/**
 * One error of HubSpot. `code` is the property's own error where values were refused (`INVALID_EMAIL`), the policy on a
 * 429 (`DAILY`), else the category.
 */
export function translateErrorBody(body: HubSpotErrorBody, status: number): RemoteFailure {
  const base = { side: "hubspot" as const, status, uncertain: false };
  const problems = readValueProblems(body.message);
  const first = problems[0];
  if (first) {
    const words = problems.map((problem) => problem.message ?? problem.error);
    const fields = problems.flatMap((problem) => problem.name ?? []);
    return { ...base, code: first.error, message: [...new Set(words)].join("; "), fields: [...new Set(fields)] };
  }
  const details = body.errors ?? [];
  const unique = /non-unique .*property\. Property: (\w+)/i.exec(body.message)?.[1];
  const fields = [
    ...details.flatMap((detail) => readTextList(detail.context?.propertyName)),
    // "Some required properties were not set" names them beside the errors.
    ...readTextList(body.context?.properties),
    ...(unique === undefined ? [] : [unique]),
  ];
  return { ...base, code: chooseCode(body, status), message: body.message, fields: [...new Set(fields)] };
}

/** The strings under one key of an error's context; anything else counts as none. */
export function readTextList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

function chooseCode(body: HubSpotErrorBody, status: number): string {
  if (status === 429) return body.policyName ?? body.category ?? body.errorType ?? "";
  const detailCode = body.errors?.find((detail) => detail.code)?.code;
  // Rules that an admin set (MISSING_REQUIRED_PROPERTY) name themselves only inside `errors`.
  if (body.category === "VALIDATION_ERROR" && detailCode) return detailCode;
  return body.category ?? body.errorType ?? "";
}

/** The JSON list inside "Property values were not valid: [...]", HubSpot's way to name the refused values. */
function readValueProblems(message: string): z.infer<typeof valueProblemsSchema> {
  const list = /Property values were not valid:\s*(\[.*\])/s.exec(message)?.[1];
  if (list === undefined) return [];
  const parsed = valueProblemsSchema.safeParse(parseJson(list));
  return parsed.success ? parsed.data : [];
}
