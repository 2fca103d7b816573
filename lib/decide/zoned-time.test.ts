import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayIn, minuteIn, momentIn } from "./zoned-time";

const ZONES = ["UTC", "Asia/Tokyo", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"];

describe("A2: days of the portal", () => {
  it("an evening in London is the next day in Tokyo", () => {
    const at = Date.parse("2026-11-23T15:30:00Z");
    expect(dayIn("Asia/Tokyo", at)).toBe("2026-11-24");
    expect(minuteIn("Asia/Tokyo", at)).toBe("2026-11-24 00:30");
    expect(dayIn("America/New_York", at)).toBe("2026-11-23");
  });
  it("an unknown zone counts as UTC", () => {
    expect(minuteIn("Mars/Base", 0)).toBe("1970-01-01 00:00");
  });
  it("what is no day has no moment", () => {
    expect(["", "tomorrow", "2026-13-01", "2026-11-23T10:00"].map((day) => momentIn("UTC", day))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
  it("D28: a day's moment lies on that day, in every zone and through changes of the clocks", () => {
    const day = fc.integer({ min: 0, max: 40_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), day, fc.integer({ min: 4, max: 20 }), (zone, date, hour) => {
        const at = momentIn(zone, date, hour);
        expect(at === null ? "" : minuteIn(zone, at)).toBe(`${date} ${String(hour).padStart(2, "0")}:00`);
      }),
      { numRuns: 5_000 },
    );
  });
});
