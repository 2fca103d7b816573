import { expect, test } from "vitest";
import { leavePlace, leftQuery, returnToPlace } from "./left-place";

test("coming back from a record finds the list as it was left, once, and only under the same filters", () => {
  expect(leftQuery("contact")).toBe("");
  expect(returnToPlace("contact", "")).toBeNull();
  leavePlace("contact", { query: "?state=failing", offset: 720, active: 21 });
  expect(leftQuery("contact")).toBe("?state=failing");
  expect(returnToPlace("contact", "")).toBeNull();
  expect(returnToPlace("company", "?state=failing")).toBeNull();
  expect(returnToPlace("contact", "?state=failing")).toMatchObject({ offset: 720, active: 21 });
  expect(returnToPlace("contact", "?state=failing")).toMatchObject({ offset: 0, active: -1 });
});
