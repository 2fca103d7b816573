import type { CampaignChoices, FormChoices } from "@/lib/contracts/campaigns";
import type { CampaignRule } from "@/lib/decide/connection-settings";

export type Campaign = CampaignChoices["campaigns"][number];

/** Stands for every form in a rule. */
export const EVERY_FORM = "*";

/** What keeps a rule from doing what it says; the first that holds. */
export type RuleProblem = "form_gone" | "campaign_gone" | "campaign_inactive" | "status_gone";

/**
 * What is wrong with a rule, by what the two CRMs offer now; null = nothing, or not known yet because a list of choices
 * is still loading.
 */
export function findRuleProblem(
  rule: CampaignRule,
  forms: FormChoices["forms"] | undefined,
  campaigns: readonly Campaign[] | undefined,
): RuleProblem | null {
  if (forms && rule.formId !== EVERY_FORM && !forms.some(({ id }) => id === rule.formId)) return "form_gone";
  if (!campaigns) return null;
  const campaign = campaigns.find(({ id }) => id === rule.campaignId);
  if (!campaign) return "campaign_gone";
  if (!campaign.isActive) return "campaign_inactive";
  return campaign.statuses.some(({ label }) => label === rule.status) ? null : "status_gone";
}

/** Whether another rule already ties this form to this campaign: two would contradict each other. `at` = the rule's own place. */
export function isTiedAlready(rules: readonly CampaignRule[], rule: CampaignRule, at: number | null): boolean {
  return rules.some(
    (other, index) => index !== at && other.formId === rule.formId && other.campaignId === rule.campaignId,
  );
}

/** The rules after one was added (`at` null) or changed. */
export function putRule(rules: readonly CampaignRule[], rule: CampaignRule, at: number | null): CampaignRule[] {
  return at === null ? [...rules, rule] : rules.map((other, index) => (index === at ? rule : other));
}

/** The status that a submission most likely means: the first that counts as a response, else the campaign's default. */
export function suggestStatus(campaign: Campaign | undefined): string {
  const statuses = campaign?.statuses ?? [];
  const chosen = statuses.find(({ hasResponded }) => hasResponded) ?? statuses.find(({ isDefault }) => isDefault);
  return (chosen ?? statuses[0])?.label ?? "";
}
