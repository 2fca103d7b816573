import { describe, expect, it } from "vitest";
import { readSalesforceId, toLongId } from "./salesforce-id";

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

describe("M3: Salesforce ids in texts that people write", () => {
  it("only an id of the kind that is meant may be asked for", () => {
    expect(readSalesforceId(" 0015000000Gv7qj ", "001")).toBe("0015000000Gv7qj");
    expect(readSalesforceId("0015000000Gv7qjAAB", "001")).toBe("0015000000Gv7qjAAB");
    const others = [null, "", "ask Bob", "0015000000Gv7q", "0015000000Gv7qjA", "00Q000000000001EAA", "0015000000Gv7q'"];
    for (const text of others) expect(readSalesforceId(text, "001")).toBeNull();
  });
});
