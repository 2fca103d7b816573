import { describe, expect, it } from "vitest";
import { toLongId } from "./salesforce-id";

describe("G6: Salesforce ids as people copy them", () => {
  it.each([
    ["0015000000Gv7qj", "0015000000Gv7qjAAB"],
    ["00Q000000000001", "00Q000000000001EAA"],
    ["003ABCDEabcdeXY", "003ABCDEabcdeXYYHY"],
  ])("%s is %s", (short, long) => {
    expect(toLongId(short)).toBe(long);
  });
  it("leaves every other text alone", () => {
    for (const id of ["", "1", "0015000000Gv7qjAAB"]) expect(toLongId(id)).toBe(id);
  });
});
