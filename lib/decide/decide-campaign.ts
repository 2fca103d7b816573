import type { CampaignRule } from "./connection-settings";
import { cutText } from "./plain-text";

/** A member status of one campaign (CampaignMemberStatus). */
export type MemberStatus = { label: string; hasResponded: boolean; isDefault: boolean };

export type Campaign = { id: string; isActive: boolean; statuses: readonly MemberStatus[] };

/** What Salesforce holds of this person in one campaign. */
export type CampaignMembership = { status: string; hasResponded: boolean };

export type CampaignDecision = {
  campaignId: string;
  status: string;
  action: "create" | "update" | "none";
  reason: "new_member" | "moves_on" | "same_status" | "has_responded" | "status_unknown";
};

/**
 * K1, T14: what a submission of this form does to its submitter's campaign memberships. Every rule of the form itself
 * and every rule for all forms ("*") counts, once per campaign: the form's own first, then the order of the rules. Only
 * active campaigns. A member never moves from a status that counts as a response back to one that does not. A status that
 * the campaign does not have adds a new member with the campaign's default status and moves nobody.
 */
export function decideCampaigns(
  formId: string,
  rules: readonly CampaignRule[],
  campaigns: readonly Campaign[],
  memberships: Readonly<Record<string, CampaignMembership>>,
): CampaignDecision[] {
  const decided = new Map<string, CampaignDecision>();
  for (const rule of rulesOfForm(formId, rules)) {
    const campaign = campaigns.find(({ id }) => id === rule.campaignId);
    if (!campaign?.isActive || decided.has(campaign.id)) continue;
    const member = Object.hasOwn(memberships, campaign.id) ? memberships[campaign.id] : undefined;
    decided.set(campaign.id, decideMember(campaign, rule.status, member));
  }
  return [...decided.values()];
}

/** The rules that a submission of this form calls for, its own before those for all forms. */
export function rulesOfForm(formId: string, rules: readonly CampaignRule[]): CampaignRule[] {
  const isOwn = (rule: CampaignRule) => plain(rule.formId) === plain(formId);
  return [...rules.filter(isOwn), ...rules.filter((rule) => rule.formId.trim() === "*" && !isOwn(rule))];
}

/** K1: the campaigns of a record as one HubSpot property holds them: each once, by name. */
export function nameCampaigns(names: readonly string[]): string {
  const distinct = new Set(names.map((name) => name.replaceAll(/\s+/g, " ").trim()).filter((name) => name !== ""));
  return cutText([...distinct].toSorted().join("; "), 65_536);
}

function decideMember(campaign: Campaign, wanted: string, member: CampaignMembership | undefined): CampaignDecision {
  const known = campaign.statuses.find(({ label }) => plain(label) === plain(wanted));
  const decide = (status: string, action: CampaignDecision["action"], reason: CampaignDecision["reason"]) => ({
    campaignId: campaign.id,
    status,
    action,
    reason,
  });
  if (member === undefined) {
    if (known) return decide(known.label, "create", "new_member");
    const fallback = campaign.statuses.find(({ isDefault }) => isDefault) ?? campaign.statuses[0];
    return decide(fallback?.label ?? wanted, "create", "status_unknown");
  }
  if (plain(member.status) === plain(wanted)) return decide(member.status, "none", "same_status");
  if (!known) return decide(member.status, "none", "status_unknown");
  if (member.hasResponded && !known.hasResponded) return decide(member.status, "none", "has_responded");
  return decide(known.label, "update", "moves_on");
}

/** Form ids and picklist values are compared without regard to case, as both CRMs do. */
function plain(text: string): string {
  return text.trim().toLowerCase();
}
