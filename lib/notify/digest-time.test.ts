import { describe, expect, it } from "vitest";
import { readDigestSpan } from "./digest-time";

const span = (kind: "daily" | "weekly", zone: string, now: string) => {
  const { from, to } = readDigestSpan(kind, zone, new Date(now));
  return [from.toISOString(), to.toISOString()];
};

describe("the span of a digest", () => {
  it.each([
    ["daily", "UTC", "2026-11-23T08:00:00Z", "2026-11-22T08:00:00.000Z", "2026-11-23T08:00:00.000Z"],
    ["daily", "UTC", "2026-11-23T07:59:59Z", "2026-11-21T08:00:00.000Z", "2026-11-22T08:00:00.000Z"],
    ["daily", "Asia/Tokyo", "2026-11-23T02:00:00Z", "2026-11-21T23:00:00.000Z", "2026-11-22T23:00:00.000Z"],
    ["daily", "America/Los_Angeles", "2026-11-23T03:00:00Z", "2026-11-21T16:00:00.000Z", "2026-11-22T16:00:00.000Z"],
    // 2026-11-23 is a Monday.
    ["weekly", "UTC", "2026-11-23T08:00:00Z", "2026-11-16T08:00:00.000Z", "2026-11-23T08:00:00.000Z"],
    ["weekly", "UTC", "2026-11-23T07:00:00Z", "2026-11-09T08:00:00.000Z", "2026-11-16T08:00:00.000Z"],
    ["weekly", "UTC", "2026-11-29T23:00:00Z", "2026-11-16T08:00:00.000Z", "2026-11-23T08:00:00.000Z"],
  ] as const)("%s in %s at %s", (kind, zone, now, from, to) => {
    expect(span(kind, zone, now)).toEqual([from, to]);
  });

  it("is 23 hours long where clocks go forward, and 25 where they go back", () => {
    // Berlin: 29 March and 25 October 2026.
    expect(span("daily", "Europe/Berlin", "2026-03-29T12:00:00Z")).toEqual([
      "2026-03-28T07:00:00.000Z",
      "2026-03-29T06:00:00.000Z",
    ]);
    expect(span("daily", "Europe/Berlin", "2026-10-25T12:00:00Z")).toEqual([
      "2026-10-24T06:00:00.000Z",
      "2026-10-25T07:00:00.000Z",
    ]);
  });
});
