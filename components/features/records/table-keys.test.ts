import { describe, expect, test } from "vitest";
import { readKey } from "./table-keys";

function press(key: string, held: { ctrlKey?: boolean; altKey?: boolean } = {}) {
  return { key, ctrlKey: false, metaKey: false, altKey: false, ...held };
}

describe("keys on the list", () => {
  test("arrows stay within the rows", () => {
    expect(readKey(press("ArrowDown"), -1, 3)).toEqual({ kind: "move", to: 0 });
    expect(readKey(press("ArrowDown"), 2, 3)).toEqual({ kind: "move", to: 2 });
    expect(readKey(press("ArrowUp"), 0, 3)).toEqual({ kind: "move", to: 0 });
    expect(readKey(press("PageDown"), 0, 100)).toEqual({ kind: "move", to: 15 });
    expect(readKey(press("End"), 0, 100)).toEqual({ kind: "move", to: 99 });
  });
  test("Space and x tick, Enter opens, Escape unticks, Ctrl+A ticks all that is loaded", () => {
    expect(readKey(press(" "), 0, 3)?.kind).toBe("tick");
    expect(readKey(press("x"), 0, 3)?.kind).toBe("tick");
    expect(readKey(press("Enter"), 0, 3)?.kind).toBe("open");
    expect(readKey(press("Escape"), 0, 3)?.kind).toBe("untick");
    expect(readKey(press("a", { ctrlKey: true }), 0, 3)?.kind).toBe("all");
  });
  test("the browser's own keys stay the browser's", () => {
    expect(readKey(press("ArrowUp", { altKey: true }), 1, 3)).toBeNull();
    expect(readKey(press("k", { ctrlKey: true }), 1, 3)).toBeNull();
    expect(readKey(press("Tab"), 1, 3)).toBeNull();
  });
});
