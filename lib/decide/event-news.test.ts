import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./connection-settings";
import { type EventWishes, findFeedNews, findInstantEvents, formsOf, startOfFeed } from "./event-news";
import type { Values } from "./record-types";

const NOW = Date.UTC(2026, 10, 24);
const HOUR = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const ON: EventWishes = {
  activities: Object.fromEntries(
    Object.keys(DEFAULT_SETTINGS.activities).map((name) => [name, true]),
  ) as EventWishes["activities"],
  activitiesSince: {
    hubspot: Object.fromEntries(Object.keys(DEFAULT_SETTINGS.activities).map((name) => [name, iso(NOW - 10 * HOUR)])),
    salesforce: {},
  },
  campaigns: { rules: [], namesProperty: false },
};
const rule = (since?: string) => ({
  formId: "f",
  campaignId: "c",
  campaignName: "C",
  status: "Sent",
  ...(since === undefined ? {} : { since }),
});

describe("what a contact tells of HubSpot's events", () => {
  test("D48, T2: the form that the contact names, by its date; a page title before the name is no matter", () => {
    const after = { recent_conversion_date: iso(NOW), recent_conversion_event_name: "Contact: Newsletter" };
    const news = findFeedNews({}, after, ON, NOW);
    expect(news).toEqual([{ feed: "form:Contact: Newsletter", at: NOW, since: NOW - 10 * HOUR }]);
    const forms = [{ name: "Newsletter" }, { name: "Letter" }, { name: "" }];
    expect(formsOf("form:Contact: Newsletter", forms)).toEqual([{ name: "Newsletter" }]);
    expect(formsOf("form:newsletter ", forms)).toEqual([{ name: "Newsletter" }]);
    expect(formsOf("form:Unknown", forms)).toEqual(forms);
    expect(formsOf("form:*", forms)).toEqual(forms);
  });

  test("D48, T2: a count that rises by more than one calls for every form", () => {
    const after = {
      recent_conversion_date: iso(NOW),
      recent_conversion_event_name: "A",
      num_conversion_events: "3",
    };
    const feedsOf = (count: string | null) =>
      findFeedNews({ num_conversion_events: count }, after, ON, NOW).map(({ feed }) => feed);
    expect(feedsOf("2")).toEqual(["form:A"]);
    expect(feedsOf("1")).toEqual(["form:A", "form:*"]);
  });

  test("D48, A1, K1: what was before the toggle or the rule is no news; a rule counts without the toggle", () => {
    const early = { recent_conversion_date: iso(NOW - 11 * HOUR), recent_conversion_event_name: "A" };
    expect(findFeedNews({}, early, ON, NOW)).toEqual([]);
    const off = { ...DEFAULT_SETTINGS, campaigns: { rules: [rule(iso(NOW - 12 * HOUR))], namesProperty: false } };
    expect(findFeedNews({}, early, off, NOW)).toHaveLength(1);
    expect(findFeedNews({}, early, DEFAULT_SETTINGS, NOW)).toEqual([]);
  });

  test("D48, T4, T8: opens, clicks and views are events of their own, the same one by the same id", () => {
    const after = { hs_sales_email_last_opened: iso(NOW), hs_document_last_revisited: String(NOW) };
    const events = findInstantEvents("77", after, ON, NOW);
    expect(events.map(({ object, code, id }) => [object, code, id])).toEqual([
      ["sales_email", "T4", `77-opened-${NOW}`],
      ["document_view", "T8", `77-${NOW}`],
    ]);
    expect(findInstantEvents("77", after, DEFAULT_SETTINGS, NOW)).toEqual([]);
  });

  test("D48: whatever a contact holds, news lies between the toggle and the day after now", () => {
    const garbage = fc.oneof(
      fc.constant(null),
      fc.string(),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.integer({ min: NOW - 20 * HOUR, max: NOW + 40 * HOUR }).map(iso),
    );
    const contact = fc.record({
      recent_conversion_date: garbage,
      recent_conversion_event_name: garbage,
      num_conversion_events: garbage,
      hs_email_last_send_date: garbage,
      hs_email_last_open_date: garbage,
      hs_sales_email_last_opened: garbage,
      hs_document_last_revisited: garbage,
    }) as fc.Arbitrary<Values>;
    fc.assert(
      fc.property(contact, contact, (before, after) => {
        const news = findFeedNews(before, after, ON, NOW);
        for (const { at } of [...news, ...findInstantEvents("1", after, ON, NOW)]) {
          expect(at).toBeGreaterThanOrEqual(NOW - 10 * HOUR);
          expect(at).toBeLessThanOrEqual(NOW + 24 * HOUR);
        }
        for (const one of news) expect(startOfFeed(one)).toBeGreaterThanOrEqual(one.since);
      }),
    );
  });
});
