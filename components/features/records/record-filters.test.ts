import { describe, expect, test } from "vitest";
import {
  blameFilter,
  chipStates,
  chooseState,
  listCauses,
  NO_FILTERS,
  type RecordFilters,
  readFilters,
  sumCounts,
  turnSort,
  writeFilters,
} from "./record-filters";

function filter(some: Partial<RecordFilters>): RecordFilters {
  return { ...NO_FILTERS, ...some };
}

describe("filters of a list of records", () => {
  test("survive the way into the URL and back", () => {
    const all = filter({
      search: "山田 太郎 & co",
      state: "failing",
      error: "value_too_long",
      list: "123",
      sort: "-synced",
    });
    expect(readFilters(new URLSearchParams(writeFilters(all)))).toEqual(all);
  });
  test("leave no trace in the URL when nothing is filtered", () => {
    expect(writeFilters(filter({ search: "  " }))).toBe("");
  });
  test("ignore what does not exist", () => {
    expect(readFilters(new URLSearchParams("state=broken&sort=price&error=%3Cb%3E&reason=&list=-1"))).toEqual(
      NO_FILTERS,
    );
  });
  test("an error named alone, as other pages link it, means the failing ones", () => {
    expect(readFilters(new URLSearchParams("error=validation_rule")).state).toBe("failing");
    expect(readFilters(new URLSearchParams("reason=no_email&state=in_sync")).state).toBe("excluded");
  });
  test("another state lifts the error of the one before, and nothing else", () => {
    expect(chooseState(filter({ state: "failing", error: "x", search: "y", list: "7" }), "excluded")).toEqual(
      filter({ state: "excluded", search: "y", list: "7" }),
    );
  });
});

describe("an empty list", () => {
  test("blames the search, the state, the error, both or the list, and nobody when there are no records at all", () => {
    expect(blameFilter(filter({ search: "x" }), 5)).toBe("search");
    expect(blameFilter(filter({ state: "due" }), 5)).toBe("state");
    expect(blameFilter(filter({ state: "failing", error: "x" }), 5)).toBe("cause");
    expect(blameFilter(filter({ search: "x", state: "due" }), 5)).toBe("both");
    expect(blameFilter(filter({ search: "x", state: "due" }), 0)).toBe("none_yet");
    expect(blameFilter(filter({ search: "x", list: "7" }), 0)).toBe("list");
    expect(blameFilter(filter({ search: "x", list: "7" }), 3)).toBe("search");
  });
});

describe("chips", () => {
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
  test("of errors: the most frequent first, the chosen one also when it has healed", () => {
    expect(listCauses({ a: 1, b: 7 }, "gone").map(({ code }) => code)).toEqual(["b", "a", "gone"]);
  });
});

test("a column's head turns its order round; times begin with the newest", () => {
  expect(turnSort("name", "name")).toBe("-name");
  expect(turnSort("-synced", "name")).toBe("name");
  expect(turnSort("name", "synced")).toBe("-synced");
  expect(turnSort("-synced", "synced")).toBe("synced");
});
