import { describe, expect, test } from "vitest";
import { showValue } from "./show-value";

describe("a value as people read it", () => {
  test("shows tick boxes in words and leaves text alone", () => {
    const words = { yes: "Yes", no: "No" };
    expect(showValue("true", "en", words)).toBe("Yes");
    expect(showValue(false, "en", words)).toBe("No");
    expect(showValue("2026", "en", words)).toBe("2026");
    expect(showValue("  ", "en", words)).toBe("");
    expect(showValue("2026-01-02T03:04:00.000+0000", "en", words)).toContain("2026");
  });
});
