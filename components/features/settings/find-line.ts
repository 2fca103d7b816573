/** Where the reader of a JSON text is. */
type Cursor = { text: string; at: number };

/**
 * The line (from 1) on which the value at `path` begins in a JSON text that parses; the line of the deepest part that is
 * there, where the rest of the path is not.
 */
export function findLine(text: string, path: readonly string[]): number {
  const cursor: Cursor = { text, at: 0 };
  skipSpace(cursor);
  let begin = cursor.at;
  for (const part of path) {
    const next = enter(cursor, part);
    if (next === null) break;
    begin = next;
  }
  return text.slice(0, begin).split("\n").length;
}

/** Moves to the child of this name or number and answers where it begins, its key included; null when there is none. */
function enter(cursor: Cursor, part: string): number | null {
  const isList = cursor.text[cursor.at] === "[";
  if (!isList && cursor.text[cursor.at] !== "{") return null;
  cursor.at += 1;
  for (let index = 0; ; index += 1) {
    skipSpace(cursor);
    if (cursor.at >= cursor.text.length || "]}".includes(cursor.text[cursor.at] ?? "")) return null;
    const begin = cursor.at;
    const name = isList ? String(index) : readKey(cursor);
    if (name === part) return begin;
    skipValue(cursor);
    skipSpace(cursor);
    if (cursor.text[cursor.at] === ",") cursor.at += 1;
  }
}

function readKey(cursor: Cursor): string {
  const begin = cursor.at;
  skipString(cursor);
  const key: unknown = JSON.parse(cursor.text.slice(begin, cursor.at));
  skipSpace(cursor);
  cursor.at += 1;
  skipSpace(cursor);
  return String(key);
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? "")) cursor.at += 1;
}

function skipString(cursor: Cursor): void {
  cursor.at += 1;
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== '"') {
    cursor.at += cursor.text[cursor.at] === "\\" ? 2 : 1;
  }
  cursor.at += 1;
}

/** Past one value, whatever it holds: without recursion, because a file may be as deep as it likes. */
function skipValue(cursor: Cursor): void {
  let depth = 0;
  do {
    const sign = cursor.text[cursor.at] ?? "";
    if (sign === '"') skipString(cursor);
    else {
      if ("[{".includes(sign)) depth += 1;
      if ("]}".includes(sign)) depth -= 1;
      cursor.at += 1;
      if (depth === 0 && !"]}".includes(sign)) {
        while (/[^\s,\]}]/.test(cursor.text[cursor.at] ?? "")) cursor.at += 1;
      }
    }
  } while (depth > 0 && cursor.at < cursor.text.length);
}
