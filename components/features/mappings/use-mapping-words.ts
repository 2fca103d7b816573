"use client";

import { useTranslations } from "next-intl";
import { ApiProblem } from "@/lib/browser/api-client";
import type { MappingFinding } from "@/lib/contracts/mappings";

/** Words for findings, types and refusals of mappings. Codes that we do not know get a general word. */
export function useMappingWords() {
  const t = useTranslations("mappings");
  const issueKey = (issue: string) => (t.has(`issues.${issue}.short`) ? issue : "other");
  return {
    short: (finding: MappingFinding) => t(`issues.${issueKey(finding.issue)}.short`),
    text: (finding: MappingFinding) =>
      t(`issues.${issueKey(finding.issue)}.text`, {
        values: finding.values?.join(", ") ?? "none",
        count: finding.values?.length ?? 0,
      }),
    kind: (kind: string) => (t.has(`kinds.${kind}`) ? t(`kinds.${kind}`) : kind),
    problem: (error: unknown) => {
      const code = error instanceof ApiProblem ? error.code : "other";
      const words = t(t.has(`problems.${code}`) ? `problems.${code}` : "problems.other");
      return error instanceof ApiProblem && code === "already_mapped" && error.detail
        ? `${words} ${error.detail}`
        : words;
    },
  };
}
