import { describe, expect, it } from "vitest";
import { ACTIVITY_TOGGLES, type ActivityToggle } from "./activity-toggles";
import { findActivityTriggers, TRIGGER_PROPERTIES } from "./find-activity-triggers";
import type { Values } from "./record-types";

const toggles = (on: boolean, except: Partial<Record<ActivityToggle, boolean>> = {}) => ({
  ...(Object.fromEntries(ACTIVITY_TOGGLES.map((toggle) => [toggle, on])) as Record<ActivityToggle, boolean>),
  ...except,
});
const blank: Values = Object.fromEntries(TRIGGER_PROPERTIES.map((property) => [property, null]));
const find = (before: Values | null, after: Values, activities = toggles(true), lifecycleOn = true) =>
  findActivityTriggers(before, { ...blank, ...after }, { activities, lifecycleOn });

const EARLIER = "2026-11-22T10:00:00.000Z";
const LATER = "2026-11-23T10:00:00.000Z";
const CASES: [code: string, property: string, toggle: ActivityToggle | null][] = [
  ["T2", "recent_conversion_date", null],
  ["T3", "hs_email_last_send_date", "marketing_email_sent"],
  ["T3", "hs_email_last_open_date", "marketing_email_opened"],
  ["T3", "hs_email_last_click_date", "marketing_email_clicked"],
  ["T4", "hs_sales_email_last_opened", "sales_email_opened"],
  ["T4", "hs_sales_email_last_clicked", "sales_email_clicked"],
  ["T8", "hs_document_last_revisited", "document_view"],
];

describe("D34: what happened to a contact between two readings", () => {
  it.each(CASES)("%s: %s", (code, property, toggle) => {
    const expected = [{ code, toggle, property, at: Date.parse(LATER), name: null }];
    expect(find({ ...blank, [property]: EARLIER }, { [property]: LATER })).toEqual(expected);
    expect(find(blank, { [property]: String(Date.parse(LATER)) })).toEqual(expected);
    // Nothing new, gone back, cleared, garbage
    expect(find({ ...blank, [property]: LATER }, { [property]: String(Date.parse(LATER)) })).toEqual([]);
    expect(find({ ...blank, [property]: LATER }, { [property]: EARLIER })).toEqual([]);
    expect(find({ ...blank, [property]: LATER }, { [property]: null })).toEqual([]);
    expect(find(blank, { [property]: "soon" })).toEqual([]);
    // First reading, or a property that was not asked for before
    expect(find(null, { [property]: LATER })).toEqual([]);
    expect(find({}, { [property]: LATER })).toEqual([]);
  });
  it.each(CASES.filter(([, , toggle]) => toggle !== null))("%s: %s, its toggle off", (_code, property, toggle) => {
    const off = toggles(true, toggle === null ? {} : { [toggle]: false });
    expect(find(blank, { [property]: LATER }, off)).toEqual([]);
    const only = toggles(false, toggle === null ? {} : { [toggle]: true });
    expect(find(blank, { [property]: LATER }, only)).toHaveLength(1);
  });
  it("T2: no toggle keeps a form submission from being a trigger, and the form is named", () => {
    const after = { recent_conversion_date: LATER, recent_conversion_event_name: "Contact us: Home" };
    expect(find(blank, after, toggles(false))).toMatchObject([{ code: "T2", name: "Contact us: Home" }]);
    expect(find({ ...blank, recent_conversion_date: LATER }, after)).toEqual([]);
  });
  it("T16: the lifecycle stage moves, where transitions are on", () => {
    const before = { ...blank, lifecyclestage: "lead" };
    const after = { lifecyclestage: "customer", hs_lifecyclestage_customer_date: LATER };
    const expected = { code: "T16", toggle: null, property: "lifecyclestage", at: Date.parse(LATER), name: "customer" };
    expect(find(before, after)).toEqual([expected]);
    expect(find(before, { lifecyclestage: "customer" })).toEqual([{ ...expected, at: null }]);
    expect(find(before, after, toggles(true), false)).toEqual([]);
    expect(find(before, { lifecyclestage: " lead " })).toEqual([]);
    expect(find(null, after)).toEqual([]);
  });
  it("several at once are all told", () => {
    const after = { recent_conversion_date: LATER, hs_email_last_click_date: LATER, lifecyclestage: "lead" };
    expect(find(blank, after).map((trigger) => trigger.code)).toEqual(["T2", "T3", "T16"]);
  });
});
