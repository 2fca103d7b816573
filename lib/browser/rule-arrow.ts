import type { UpdateRule } from "@/lib/decide/record-types";

/** `main`: by the rule · `faint`: only into an empty value · `none`: never */
type ArrowEnd = "main" | "faint" | "none";
type RuleArrow = { toHubspot: ArrowEnd; toSalesforce: ArrowEnd };

/** The six update rules drawn between HubSpot (left) and Salesforce (right). */
export const RULE_ARROW: Record<UpdateRule, RuleArrow> = {
  prefer_salesforce: { toHubspot: "main", toSalesforce: "faint" },
  always_salesforce: { toHubspot: "main", toSalesforce: "none" },
  two_way: { toHubspot: "main", toSalesforce: "main" },
  dont_sync: { toHubspot: "none", toSalesforce: "none" },
  prefer_hubspot: { toHubspot: "faint", toSalesforce: "main" },
  always_hubspot: { toHubspot: "none", toSalesforce: "main" },
};

/** The arrow of a rule that came over the wire; an unknown rule is drawn as one that carries nothing. */
export function arrowOfRule(rule: string): RuleArrow {
  return (RULE_ARROW as Record<string, RuleArrow>)[rule] ?? RULE_ARROW.dont_sync;
}
