import { describe, expect, it } from "vitest";
import type { CampaignRule } from "@/lib/decide/connection-settings";
import { type Campaign, EVERY_FORM, findRuleProblem, isTiedAlready, putRule, suggestStatus } from "./campaign-rules";

const webinar: Campaign = {
  id: "701A",
  name: "Webinar",
  isActive: true,
  statuses: [
    { label: "Sent", hasResponded: false, isDefault: true },
    { label: "Responded", hasResponded: true, isDefault: false },
  ],
};
const forms = [{ id: "f1", name: "Contact us" }];
const rule: CampaignRule = { formId: "f1", campaignId: "701A", campaignName: "Webinar", status: "Responded" };

describe("rules of forms and campaigns", () => {
  it("K1: say which part of a rule is not there any more", () => {
    expect(findRuleProblem(rule, forms, [webinar])).toBeNull();
    expect(findRuleProblem({ ...rule, formId: EVERY_FORM }, [], [webinar])).toBeNull();
    expect(findRuleProblem(rule, [], [webinar])).toBe("form_gone");
    expect(findRuleProblem(rule, forms, [])).toBe("campaign_gone");
    expect(findRuleProblem(rule, forms, [{ ...webinar, isActive: false }])).toBe("campaign_inactive");
    expect(findRuleProblem({ ...rule, status: "Attended" }, forms, [webinar])).toBe("status_gone");
  });
  it("K1: judge nothing while the choices are not known", () => {
    expect(findRuleProblem(rule, undefined, undefined)).toBeNull();
  });
  it("K1: one form is tied to one campaign once, and a rule may be changed in its place", () => {
    expect(isTiedAlready([rule], { ...rule, status: "Sent" }, null)).toBe(true);
    expect(isTiedAlready([rule], { ...rule, status: "Sent" }, 0)).toBe(false);
    expect(putRule([rule], { ...rule, status: "Sent" }, 0)).toEqual([{ ...rule, status: "Sent" }]);
    expect(putRule([rule], { ...rule, formId: EVERY_FORM }, null)).toHaveLength(2);
  });
  it("K1: offer the status that counts as a response", () => {
    expect(suggestStatus(webinar)).toBe("Responded");
    expect(suggestStatus({ ...webinar, statuses: webinar.statuses.slice(0, 1) })).toBe("Sent");
    expect(suggestStatus(undefined)).toBe("");
  });
});
