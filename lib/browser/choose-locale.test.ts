import { describe, expect, it } from "vitest";
import { chooseLocale } from "./choose-locale";
import { safeReturnPath } from "./safe-return-path";

describe("the language of a request", () => {
  it("follows the person's own choice before the browser's", () => {
    expect(chooseLocale("ja", "en-US,en;q=0.9")).toBe("ja");
  });
  it("takes the heaviest language that it speaks", () => {
    expect(chooseLocale(undefined, "fr, en;q=0.4, ja-JP;q=0.8")).toBe("ja");
    expect(chooseLocale("xx", "de")).toBe("en");
    expect(chooseLocale(undefined, null)).toBe("en");
  });
});

describe("the page to return to after signing in", () => {
  it("stays on this host", () => {
    expect(safeReturnPath("/contacts?state=failing")).toBe("/contacts?state=failing");
    for (const evil of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", null]) {
      expect(safeReturnPath(evil)).toBe("/");
    }
  });
  it("does not return to the sign-in page itself", () => {
    expect(safeReturnPath("/sign-in?next=/")).toBe("/");
  });
});
