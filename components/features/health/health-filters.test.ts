import { describe, expect, test } from "vitest";
import type { ErrorGroup } from "@/lib/contracts/errors";
import {
  cardsOf,
  countObjects,
  groupsOfPanel,
  listPath,
  narrowGroups,
  quietCategories,
  readHealthView,
  waitingOf,
} from "./health-filters";

function group(patch: Partial<ErrorGroup>): ErrorGroup {
  return {
    category: "custom_code",
    type: "validation_rule",
    side: "salesforce",
    object: "contact",
    records: 1,
    since: "2026-11-24T00:00:00.000Z",
    newest: "2026-11-24T00:00:00.000Z",
    ...patch,
  };
}

const GROUPS = [
  group({ records: 5 }),
  group({ object: "deal", records: 2 }),
  group({ category: "permissions", type: "field_permission", records: 3 }),
  group({ category: "associations", type: "invalid_reference", side: "hubspot", records: 1 }),
];

describe("the address of the health page", () => {
  test("names the filters and the open panel apart", () => {
    const view = readHealthView(
      new URLSearchParams("in=deal&by=hubspot&type=validation_rule&object=contact&search= x "),
    );
    expect(view).toEqual({
      search: "x",
      state: "open",
      object: "deal",
      side: "hubspot",
      panel: { type: "validation_rule", object: "contact", side: null },
    });
  });
  test("filters nothing where it says nothing that we know", () => {
    const view = readHealthView(new URLSearchParams("by=oracle&state=maybe&type=<b>"));
    expect(view).toEqual({ search: "", state: "open", object: null, side: null, panel: null });
  });
});

describe("E1: cards", () => {
  test("stand in the fixed order, whatever has more records", () => {
    expect(cardsOf(GROUPS).map((card) => [card.category, card.records])).toEqual([
      ["associations", 1],
      ["custom_code", 7],
      ["permissions", 3],
    ]);
  });
  test("an unknown category is not lost", () => {
    expect(cardsOf([group({ category: "moon" }), ...GROUPS]).at(-1)?.category).toBe("moon");
  });
  test("categories without errors are told in one line", () => {
    const quiet = quietCategories(GROUPS);
    expect(quiet).toHaveLength(7);
    expect(quiet).not.toContain("permissions");
  });
});

describe("chips", () => {
  test("narrow by object and by side", () => {
    expect(narrowGroups(GROUPS, { object: "deal", side: null })).toHaveLength(1);
    expect(narrowGroups(GROUPS, { object: "contact", side: "hubspot" })).toHaveLength(1);
  });
  test("count per object, and the chosen one stays with none", () => {
    expect(countObjects(GROUPS, "company")).toEqual([
      { object: "contact", records: 9 },
      { object: "deal", records: 2 },
      { object: "company", records: 0 },
    ]);
  });
});

describe("the panel", () => {
  test("is about one type, in whatever it occurs unless the address says where", () => {
    expect(groupsOfPanel(GROUPS, { type: "validation_rule", object: null, side: null })).toHaveLength(2);
    expect(groupsOfPanel(GROUPS, { type: "validation_rule", object: "deal", side: null })).toHaveLength(1);
    expect(groupsOfPanel(GROUPS, { type: "validation_rule", object: "deal", side: "hubspot" })).toHaveLength(0);
  });
});

describe("what waits", () => {
  test("are the due and the paused, not those in sync", () => {
    const states = [
      { object: "contact", state: "in_sync", records: 9 },
      { object: "contact", state: "due", records: 2 },
      { object: "deal", state: "paused", records: 4 },
    ] as const;
    expect(waitingOf([...states], null).map((line) => line.records)).toEqual([4, 2]);
    expect(waitingOf([...states], "contact")).toEqual([{ object: "contact", state: "due", records: 2 }]);
  });
  test("leads to the list where the object has one", () => {
    expect(listPath("deal", { state: "excluded", reason: "no_email" })).toBe("/deals?state=excluded&reason=no_email");
    expect(listPath("call", { state: "due" })).toBeNull();
  });
});
