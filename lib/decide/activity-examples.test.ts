import { describe, expect, it } from "vitest";
import { exampleActivities } from "./activity-examples";
import { ACTIVITY_TOGGLES } from "./activity-toggles";

describe("examples of what activities write", () => {
  it("A2: name every toggle once, a meeting as an Event and the rest as Tasks", () => {
    const examples = exampleActivities("en");
    expect(examples.map(({ toggle }) => toggle)).toEqual([...ACTIVITY_TOGGLES]);
    expect(examples.filter(({ type }) => type === "Event").map(({ toggle }) => toggle)).toEqual(["meeting"]);
  });
  it("A2: carry the subject in the language that is written", () => {
    const subjectOf = (language: "en" | "ja", toggle: string) =>
      exampleActivities(language).find((one) => one.toggle === toggle)?.subject;
    expect(subjectOf("en", "marketing_email_clicked")).toBe("HubSpot – Marketing email clicked: Spring newsletter");
    expect(subjectOf("ja", "call")).toBe("HubSpot – 通話：四半期レビュー");
    expect(subjectOf("ja", "sales_email_sent")).toBe("HubSpot – セールスメール送信：春のニュースレター");
    expect(subjectOf("en", "note")).toBe("HubSpot – Note: Asked for the new price list");
  });
});
