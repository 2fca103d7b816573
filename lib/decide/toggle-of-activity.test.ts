import { describe, expect, it } from "vitest";
import { ACTIVITY_TOGGLES } from "./activity-toggles";
import type { SyncObject, Values } from "./record-types";
import { toggleOfActivity } from "./toggle-of-activity";

const CASES: [object: SyncObject, values: Values, toggle: string | null][] = [
  ["call", {}, "call"],
  ["meeting", {}, "meeting"],
  ["note", {}, "note"],
  ["task", {}, "task"],
  ["form_submission", {}, "form_submission"],
  ["document_view", {}, "document_view"],
  ["email", { hs_email_direction: "EMAIL", hs_email_status: "SENT" }, "sales_email_sent"],
  ["email", { hs_email_direction: "EMAIL", hs_email_status: null }, "sales_email_sent"],
  ["email", { hs_email_direction: "EMAIL", hs_email_status: "SCHEDULED" }, null],
  ["email", { hs_email_direction: "EMAIL", hs_email_status: "BOUNCED" }, null],
  ["email", { hs_email_direction: "INCOMING_EMAIL", hs_email_status: "SENT" }, null],
  ["marketing_email", { event: "sent" }, "marketing_email_sent"],
  ["marketing_email", { event: "opened" }, "marketing_email_opened"],
  ["marketing_email", { event: "clicked" }, "marketing_email_clicked"],
  ["sales_email", { event: "opened" }, "sales_email_opened"],
  ["sales_email", { event: "clicked" }, "sales_email_clicked"],
  ["sales_email", { event: "deferred" }, null],
  ["contact", {}, null],
];

describe("A1: the toggle that an activity travels under", () => {
  it.each(CASES)("%s %j: %s", (object, values, toggle) => {
    expect(toggleOfActivity(object, values)).toBe(toggle);
  });
  it("every toggle has its activity", () => {
    expect([...new Set(CASES.map(([, , toggle]) => toggle))].filter((toggle) => toggle !== null).toSorted()).toEqual(
      [...ACTIVITY_TOGGLES].toSorted(),
    );
  });
});
