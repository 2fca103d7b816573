import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Campaign, type CampaignMembership, decideCampaigns, nameCampaigns } from "./decide-campaign";

const STATUSES = [
  { label: "Sent", hasResponded: false, isDefault: true },
  { label: "Responded", hasResponded: true, isDefault: false },
  { label: "Attended", hasResponded: true, isDefault: false },
];
const campaign = (id: string, more: Partial<Campaign> = {}): Campaign => ({
  id,
  isActive: true,
  statuses: STATUSES,
  ...more,
});
const rule = (formId: string, campaignId: string, status: string) => ({ formId, campaignId, campaignName: "", status });
const decide = (
  rules: ReturnType<typeof rule>[],
  memberships: Record<string, CampaignMembership> = {},
  campaigns = [campaign("A"), campaign("B")],
) =>
  decideCampaigns("f1", rules, campaigns, memberships).map(
    ({ campaignId, status, action, reason }) => `${campaignId} ${status} ${action} ${reason}`,
  );

const SENT = { status: "Sent", hasResponded: false };
const RESPONDED = { status: "Responded", hasResponded: true };

describe("K1, T14: what a form submission does to campaign memberships", () => {
  it("adds a member with the status of the form's rule", () => {
    expect(decide([rule("F1 ", "A", "responded"), rule("f2", "B", "Sent")])).toEqual(["A Responded create new_member"]);
  });
  it("a rule for all forms counts too, behind the form's own for the same campaign", () => {
    expect(decide([rule("*", "A", "Sent"), rule("*", "B", "Sent"), rule("f1", "A", "Attended")])).toEqual([
      "A Attended create new_member",
      "B Sent create new_member",
    ]);
  });
  it("only active campaigns that are there", () => {
    const rules = [rule("f1", "A", "Sent"), rule("f1", "gone", "Sent"), rule("f1", "B", "Sent")];
    expect(decide(rules, {}, [campaign("A", { isActive: false }), campaign("B")])).toEqual([
      "B Sent create new_member",
    ]);
  });
  it("a member moves on, stays, and never goes back from a response", () => {
    expect(decide([rule("f1", "A", "Responded")], { A: SENT })).toEqual(["A Responded update moves_on"]);
    expect(decide([rule("f1", "A", "Attended")], { A: RESPONDED })).toEqual(["A Attended update moves_on"]);
    expect(decide([rule("f1", "A", "RESPONDED")], { A: RESPONDED })).toEqual(["A Responded none same_status"]);
    expect(decide([rule("f1", "A", "Sent")], { A: RESPONDED })).toEqual(["A Responded none has_responded"]);
  });
  it("a status that the campaign does not have adds with the default one and moves nobody", () => {
    expect(decide([rule("f1", "A", "Deleted")])).toEqual(["A Sent create status_unknown"]);
    expect(decide([rule("f1", "A", "Deleted")], { A: RESPONDED })).toEqual(["A Responded none status_unknown"]);
  });
  it("the names of a record's campaigns, each once and in one order", () => {
    expect(nameCampaigns(["Expo  2026", "", "Autumn", "Expo 2026"])).toBe("Autumn; Expo 2026");
    expect(nameCampaigns([])).toBe("");
    expect(nameCampaigns(Array.from({ length: 9_000 }, (_, n) => `Campaign ${n}`)).length).toBeLessThanOrEqual(65_536);
  });
  it("D41: never back from a response, once per campaign, and carried out, nothing more is to do", () => {
    const status = fc.constantFrom("Sent", "Responded", "Attended", "Deleted");
    const someRule = fc.record({
      formId: fc.constantFrom("f1", "f2", "*"),
      campaignId: fc.constantFrom("A", "B", "C"),
      status,
    });
    const held = fc.constantFrom(undefined, SENT, RESPONDED);
    fc.assert(
      fc.property(fc.array(someRule, { maxLength: 6 }), held, held, (given, a, b) => {
        const rules = given.map((one) => rule(one.formId, one.campaignId, one.status));
        const memberships = { ...(a ? { A: a } : {}), ...(b ? { B: b } : {}) };
        const campaigns = [campaign("A"), campaign("B"), campaign("C", { isActive: false })];
        const decisions = decideCampaigns("f1", rules, campaigns, memberships);
        expect(new Set(decisions.map(({ campaignId }) => campaignId)).size).toBe(decisions.length);
        const after: Record<string, CampaignMembership> = { ...memberships };
        for (const { campaignId, status: label } of decisions) {
          const hasResponded = STATUSES.find((one) => one.label === label)?.hasResponded ?? false;
          if (after[campaignId]?.hasResponded) expect(hasResponded).toBe(true);
          after[campaignId] = { status: label, hasResponded };
        }
        for (const again of decideCampaigns("f1", rules, campaigns, after)) expect(again.action).toBe("none");
      }),
      { numRuns: 5_000 },
    );
  });
});
