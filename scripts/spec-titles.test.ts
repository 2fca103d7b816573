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
    "F2: each a",
    "F2: each b",
    "F3: typed a",
    "G1: template",
    "E4: errors > close by themselves",
  ]);
});

test("codes are read one by one, in lists and in ranges; other words are none", () => {
  expect(listCodes("T10, T11 and M6/M7: something")).toEqual(["T10", "T11", "M6", "M7"]);
  expect(listCodes("F1–F3: the rules, F5-F6 mirrored")).toEqual(["F1", "F2", "F3", "F5", "F6"]);
  expect(listCodes("D12 and B5, UTF8, T100 or HTTP1 are none; (Q2) is")).toEqual(["Q2"]);
});

test("tables are read row by row: by name, in order, behind a name or a filter; groups of them too", () => {
  const source = `
    const CASES = [{ name: "T10: a change", start: 1 }, { name: \`F1: \${x}\` }] as const;
    const KINDS: Kind[] = [{ code: "T5", action: "meet" }, { code: "T6", action: "call" }];
    it.each(CASES.map((c, number) => ({ ...c, number })))("$name", () => {});
    describe.each(KINDS)("$code: $action", () => { it(\`\${kind.code}, A2: stands once\`, () => {}); });
    test.each([["T2", "sent", 1]])("%s: is %s (%d)", () => {});
    test.each(makeRows())("Q2: %s", () => {});
  `;
  expect(listTestTitles(source)).toEqual([
    "T10: a change",
    "F1: …",
    "T5: meet > …, A2: stands once",
    "T6: call > …, A2: stands once",
    "T2: is sent (…)",
    "Q2: %s",
  ]);
});
