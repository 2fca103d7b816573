import { describe, expect, it } from "vitest";
import { type Command, findCommands } from "./find-commands";

const page = (label: string, words = ""): Command => ({ id: label, group: "pages", label, words, href: "/" });
const labels = (commands: Command[]) => commands.map(({ label }) => label);

describe("what the palette finds", () => {
  const all = [
    page("Overview"),
    page("Sync health", "errors failing"),
    page("Contacts"),
    page("コンタクト", "contacts"),
  ];
  it("shows everything before anything is typed", () => {
    expect(findCommands(all, "  ")).toHaveLength(4);
  });
  it("asks for every word, in the label or beside it", () => {
    expect(labels(findCommands(all, "fail health"))).toEqual(["Sync health"]);
    expect(findCommands(all, "health nothing")).toEqual([]);
  });
  it("puts what begins with the text first", () => {
    expect(labels(findCommands([page("Stop contacts"), page("Contacts")], "con"))).toEqual([
      "Contacts",
      "Stop contacts",
    ]);
  });
  it("takes hiragana, katakana and full-width letters for the same", () => {
    expect(labels(findCommands(all, "こんたくと"))).toEqual(["コンタクト"]);
    expect(labels(findCommands(all, "ｏｖｅｒ"))).toEqual(["Overview"]);
  });
});
