import { describe, expect, test } from "vitest";
import { blameFilter, chipStates, readFilters, sumCounts, writeFilters } from "./contact-filters";

describe("filters of the contact list", () => {
  test("survive the way into the URL and back", () => {
    const filters = { search: "山田 太郎 & co", state: "failing" } as const;
    expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters);
  });
  test("leave no trace in the URL when nothing is filtered", () => {
    expect(writeFilters({ search: "  ", state: null })).toBe("");
  });
  test("ignore a state that does not exist", () => {
    expect(readFilters(new URLSearchParams("state=broken")).state).toBeNull();
  });
});

describe("an empty list", () => {
  test("blames the search, the state or both, and nobody when there are no records at all", () => {
    expect(blameFilter({ search: "x", state: null }, 5)).toBe("search");
    expect(blameFilter({ search: "", state: "due" }, 5)).toBe("state");
    expect(blameFilter({ search: "x", state: "due" }, 5)).toBe("both");
    expect(blameFilter({ search: "x", state: "due" }, 0)).toBe("none_yet");
  });
});

describe("state chips", () => {
  test("show fleeting states only while they hold records or are chosen", () => {
    expect(chipStates({ in_sync: 3 }, null)).toEqual(["in_sync", "due", "failing", "excluded"]);
    expect(chipStates({ syncing: 1 }, "paused")).toEqual([
      "in_sync",
      "due",
      "syncing",
      "failing",
      "excluded",
      "paused",
    ]);
  });
  test("add up to all records", () => {
    expect(sumCounts({ in_sync: 3, failing: 2 })).toBe(5);
  });
});
