import { describe, expect, test } from "vitest";
import type { OwnersView } from "@/lib/contracts/owners";
import { countOwners, filterOwners, listFreeUsers, pairOwner, readOwnerRows } from "./owner-rows";

const person = (id: string, name: string, active = true) => ({
  id,
  name,
  email: `${name.toLowerCase()}@x.example`,
  active,
});
const owner = (id: string, name: string, active = true) => ({
  ...person(id, name, active),
  userId: null,
  how: "none" as const,
});

const VIEW: OwnersView = {
  hubspot: [owner("1", "Ada"), owner("2", "Mika"), owner("3", "Paul"), owner("4", "Rolf", false)],
  salesforce: [person("005A", "ADA"), person("005B", "Ben"), person("005P", "Paul", false)],
  defaultUserId: null,
};
const tell = (pairs: Record<string, string>) =>
  readOwnerRows(VIEW, pairs).map((row) => [row.owner.name, row.how, row.user?.id ?? null, row.problem]);

describe("O1: owners beside users, with the pairs of the form", () => {
  test("meet by address whatever its case; an inactive user is named but not written", () => {
    expect(tell({})).toEqual([
      ["Ada", "email", "005A", null],
      ["Mika", "none", null, null],
      ["Paul", "none", "005P", "user_inactive"],
      ["Rolf", "none", null, null],
    ]);
  });
  test("a pair by hand goes before the address, and its user meets nobody else by address", () => {
    expect(tell({ "2": "005A" }).slice(0, 2)).toEqual([
      ["Ada", "none", "005A", "paired_with_other"],
      ["Mika", "hand", "005A", null],
    ]);
  });
  test("a pair whose user is inactive or gone writes nobody and says so", () => {
    expect(tell({ "1": "005P", "2": "005X" }).slice(0, 2)).toEqual([
      ["Ada", "none", "005P", "user_inactive"],
      ["Mika", "none", null, "user_gone"],
    ]);
  });
  test("taking a pair away lets the address decide again", () => {
    expect(pairOwner({ "1": "005B", "2": "005A" }, "1", null)).toEqual({ "2": "005A" });
    expect(pairOwner({}, "1", "005B")).toEqual({ "1": "005B" });
  });
});

describe("the list of owners", () => {
  const rows = readOwnerRows(VIEW, { "2": "005B" });
  test("counts and filters unmatched, paired by hand and inactive ones", () => {
    expect(countOwners(rows)).toEqual({ all: 4, unmatched: 1, hand: 1, inactive: 2 });
    expect(filterOwners(rows, "", "inactive").map((row) => row.owner.name)).toEqual(["Paul", "Rolf"]);
  });
  test("is searched by both sides' names and addresses", () => {
    expect(filterOwners(rows, "ben x.example", "all").map((row) => row.owner.name)).toEqual(["Mika"]);
  });
  test("names the active users for whom nobody stands", () => {
    expect(listFreeUsers(VIEW, rows)).toEqual([]);
    expect(listFreeUsers(VIEW, readOwnerRows(VIEW, {})).map((user) => user.name)).toEqual(["Ben"]);
  });
});
