import { describe, expect, it } from "vitest";
import { compareMessages, findUnusedKeys } from "./compare-messages";
import { readPlaceholders } from "./message-placeholders";

const messages = (entries: Record<string, string>) => new Map(Object.entries(entries));

describe("two languages", () => {
  it("with the same keys and placeholders agree, plural forms apart", () => {
    const en = messages({ "a.count": "{count, plural, one {# contact} other {# contacts}}" });
    const ja = messages({ "a.count": "{count} 件のコンタクト" });
    expect(compareMessages("en", en, "ja", ja)).toEqual([]);
  });

  it("differ by a missing key, an empty text or another placeholder, each said by name", () => {
    const en = messages({ "a.one": "One", "a.two": "{name} failed", "a.three": "Three" });
    const ja = messages({ "a.two": "{count} 件失敗", "a.three": " ", "a.four": "四" });
    expect(compareMessages("en", en, "ja", ja)).toEqual([
      "a.one is missing in ja",
      "a.four is missing in en",
      "a.three is empty in ja",
      "a.two takes [name] in en but [count] in ja",
    ]);
  });

  it("with broken braces are reported, not skipped", () => {
    const problems = compareMessages("en", messages({ "a.b": "{name" }), "ja", messages({ "a.b": "{name}" }));
    expect(problems).toEqual(['a.b cannot be read in en: a "}" is missing']);
  });
});

describe("placeholders", () => {
  it("are found inside branches and tags", () => {
    const text = "<b>{name}</b>: {n, plural, =0 {none} other {{first} and # more}} at {when, time, short}";
    expect(readPlaceholders(text)).toEqual(["<b>", "first", "n:plural", "name", "when:time"]);
  });

  it("are not found in quoted braces, and apostrophes are text", () => {
    expect(readPlaceholders("It's '{not}' {this}")).toEqual(["this"]);
  });
});

describe("an unused key", () => {
  const sources = [
    `const t = useTranslations("shell"); t("title"); t(\`themes.\${name}\`); places = [{ key: "lists" }];`,
  ];

  it("is one that no string, template or data can mean", () => {
    const en = messages({ "shell.title": "x", "shell.themes.dark": "x", "shell.lists": "x", "shell.gone": "x" });
    expect(findUnusedKeys(en, sources)).toEqual(["shell.gone"]);
  });

  it("is any key of a namespace that nobody asks for", () => {
    expect(findUnusedKeys(messages({ "old.title": "x" }), sources)).toEqual(["old.title"]);
  });
});
