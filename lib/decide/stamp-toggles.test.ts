import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./connection-settings";
import { stampToggles } from "./stamp-toggles";

test("A1: a toggle that is turned on starts at that moment, and again after it was off; the others keep theirs", () => {
  const off = DEFAULT_SETTINGS;
  const on = { ...off, activities: { ...off.activities, call: true } };
  const first = stampToggles(off, on, "2026-11-23T10:00:00.000Z");
  expect(first).toEqual({ hubspot: { call: "2026-11-23T10:00:00.000Z" }, salesforce: {} });
  const kept = { ...on, activitiesSince: first };
  const more = { ...kept, salesforceActivities: { ...kept.salesforceActivities, event: true } };
  expect(stampToggles(kept, more, "2026-11-24T10:00:00.000Z")).toEqual({
    hubspot: { call: "2026-11-23T10:00:00.000Z" },
    salesforce: { event: "2026-11-24T10:00:00.000Z" },
  });
  const again = stampToggles({ ...off, activitiesSince: first }, on, "2026-11-25T10:00:00.000Z");
  expect(again.hubspot.call).toBe("2026-11-25T10:00:00.000Z");
});
