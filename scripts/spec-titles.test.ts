import { expect, test } from "vitest";
import { listCodes, listTestTitles } from "./spec-titles";

test("titles are found in every way that tests are written, with their groups", () => {
  const source = `
    import { test } from "vitest";
    test("T1: plain", () => { expect(rows.find((it) => it("not a test"))).toBe(1); });
    test.each([["a"], ["b"]])("F2: each %s", (x) => {});
    test.each<[string, number]>([["a", 1]])("F3: typed %s", () => {});
    test.skipIf(x)(\`G1: template\`, () => {});
    describe("E4: errors", () => { it("close by themselves", async () => {}); });
    test(name, () => {});
    const text = 'test("M1: only text")';
  `;
  expect(listTestTitles(source)).toEqual([
    "T1: plain",
    "not a test",
    "F2: each %s",
    "F3: typed %s",
    "G1: template",
    "E4: errors > close by themselves",
  ]);
});

test("codes are read one by one, in lists and in ranges; other words are none", () => {
  expect(listCodes("T10, T11 and M6/M7: something")).toEqual(["T10", "T11", "M6", "M7"]);
  expect(listCodes("F1–F3: the rules, F5-F6 mirrored")).toEqual(["F1", "F2", "F3", "F5", "F6"]);
  expect(listCodes("D12 and B5, UTF8, T100 or HTTP1 are none; (Q2) is")).toEqual(["Q2"]);
});
