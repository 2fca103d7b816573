import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { findLine } from "./find-line";
import { readConfig } from "./read-config";

const TEXT = `{
  "kakehashi": 1,
  "from": { "hubspot": null, "salesforce": null },
  "settings": {
    "company": { "on": true,
      "odd \\"}] key": 1 },
    "stagePairs": [
      { "a": [1, { "b": "]" }] },
      { "stageName": "x" }
    ],
    "checkEveryMinutes": 90
  }
}`;

describe("the line of a place in a JSON text", () => {
  test.each([
    [[], 1],
    [["kakehashi"], 2],
    [["from", "salesforce"], 3],
    [["settings", "company", "on"], 5],
    [["settings", "company", 'odd "}] key'], 6],
    [["settings", "stagePairs", "0", "a", "1", "b"], 8],
    [["settings", "stagePairs", "1", "stageName"], 9],
    [["settings", "checkEveryMinutes"], 11],
    [["settings", "nowhere"], 4],
    [["settings", "stagePairs", "7"], 7],
  ])("%j", (path, line) => {
    expect(findLine(TEXT, path)).toBe(line);
  });
});

describe("X5: a file as a person edited it", () => {
  const write = (settings: object, more: object = {}) =>
    JSON.stringify(
      { kakehashi: 1, from: { hubspot: null, salesforce: null }, settings, mappings: {}, ...more },
      null,
      2,
    );
  test("is read", () => {
    const { activitiesSince: _, ...settings } = DEFAULT_SETTINGS;
    expect(readConfig(write(settings)).ok).toBe(true);
  });
  test("that is no JSON is told with the line", () => {
    expect(readConfig('{\n  "kakehashi": 1,\n  "from": oops\n}')).toMatchObject({
      ok: false,
      faults: [{ line: 3, message: "not_json" }],
    });
    expect(readConfig("")).toMatchObject({ ok: false, faults: [{ message: "not_json" }] });
  });
  test.each([
    ['{\n"a": 1\n"b": 2}', 3],
    ['{\n"a": [1,\n2,\n]}', 4],
    ['{\n"a": "never ends\n}', 2],
    ['{\n"a": 1,\n}', 3],
    ['{\n"a": tru}', 2],
    ['{\n"a": {\n"b": 1', 3],
    ["{}\n{}", 2],
    ["", 1],
  ])("%j is wrong on line %i", (text, line) => {
    expect(readConfig(text)).toEqual({ ok: false, faults: [{ line, path: "", message: "not_json" }] });
  });
  test("names each field at fault, with its line", () => {
    const read = readConfig(write({ checkEveryMinutes: 90, contactSyncOnn: true }));
    expect(read).toMatchObject({
      faults: [
        { line: 8, path: "settings.checkEveryMinutes", message: "too_big" },
        { line: 9, path: "settings.contactSyncOnn", message: "unrecognized_keys" },
      ],
    });
    expect(readConfig("[1]")).toMatchObject({ ok: false, faults: [{ line: 1, path: "" }] });
  });
});
