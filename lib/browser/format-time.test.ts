import { describe, expect, it } from "vitest";
import { formatCountdown, formatDuration, formatRelative } from "./format-time";

const now = Date.parse("2026-03-10T12:00:00Z");
const ago = (seconds: number) => now - seconds * 1_000;

describe("relative times", () => {
  it("reads as people say it, in both languages", () => {
    expect(formatRelative(ago(180), "en", now)).toBe("3 min ago");
    expect(formatRelative(ago(-720), "en", now)).toBe("in 12 min");
    expect(formatRelative(ago(180), "ja", now)).toBe("3分前");
    expect(formatRelative(ago(86_400), "en", now)).toBe("yesterday");
  });
  it("calls everything under 45 seconds now", () => {
    expect(formatRelative(ago(44), "en", now)).toBe("now");
    expect(formatRelative(ago(44), "ja", now)).toBe("今");
  });
  it("names the date beyond 30 days", () => {
    expect(formatRelative(ago(40 * 86_400), "en", now)).toMatch(/2026/);
  });
});

describe("lengths of time", () => {
  it("shows at most two units", () => {
    expect(formatDuration(850, "en")).toBe("850 ms");
    expect(formatDuration(12_000, "en")).toBe("12 s");
    expect(formatDuration(200_000, "en")).toBe("3 min 20 s");
    expect(formatDuration(7_500_000, "en")).toBe("2 hr 5 min");
    expect(formatDuration(512_000, "ja")).toBe("8分32秒");
  });
});

describe("the countdown", () => {
  it("keeps two figures for seconds and never runs below zero", () => {
    expect(formatCountdown(247_000)).toBe("4:07");
    expect(formatCountdown(3_727_000)).toBe("1:02:07");
    expect(formatCountdown(-5)).toBe("0:00");
  });
});
