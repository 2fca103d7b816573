type KeyAct = { kind: "move"; to: number } | { kind: "open" | "tick" | "untick" | "all" };
type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** Rows of a page of the screen, about. */
const PAGE = 15;

/** What a key does on the list when row `active` (-1 = none yet) of `length` rows is the current one; null: nothing. */
export function readKey({ key, ctrlKey, metaKey, altKey }: Pressed, active: number, length: number): KeyAct | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key === "a" ? { kind: "all" } : null;
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + PAGE,
    PageUp: active - PAGE,
    Home: 0,
    End: length - 1,
  };
  const to = moves[key];
  if (to !== undefined) return { kind: "move", to: Math.max(0, Math.min(length - 1, to)) };
  if (key === "Enter") return { kind: "open" };
  if (key === " " || key === "x") return { kind: "tick" };
  return key === "Escape" ? { kind: "untick" } : null;
}
