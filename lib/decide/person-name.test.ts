import { describe, expect, it } from "vitest";
import { nameOfPerson } from "./person-name";

describe("names of people", () => {
  it.each([
    ["健司", "大野", "大野 健司"],
    ["さくら", "佐々木", "佐々木 さくら"],
    ["ケン", "Smith", "Smith ケン"],
    ["ｹﾝ", "ｵｵﾉ", "ｵｵﾉ ｹﾝ"],
    ["Kenji", "Ohno", "Kenji Ohno"],
    ["Anna", "", "Anna"],
    [null, " 大野 ", "大野"],
    [undefined, null, ""],
  ])("%s %s is %s", (given, family, name) => {
    expect(nameOfPerson(given, family)).toBe(name);
  });
});
