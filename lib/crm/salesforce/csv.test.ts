import { describe, expect, test } from "vitest";
import { CsvReader, formatCsvLine } from "./csv";

function readAll(pieces: string[]): string[][] {
  const reader = new CsvReader();
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const ROWS = [
  ["Id", "Name", "Note"],
  ["1", 'He said "yes", twice', "line 1\nline 2\r\nline 3"],
  ["2", "", " white space "],
  ["3", "山田, 太郎", '""'],
  ["", "", ""],
];

describe("Q2: bulk jobs carry their rows as CSV", () => {
  test("what is written is read back the same, however the text is cut into pieces", () => {
    const text = ROWS.map(formatCsvLine).join("");
    expect(readAll([text])).toEqual(ROWS);
    for (let at = 1; at < text.length; at += 1) {
      expect(readAll([text.slice(0, at), text.slice(at)])).toEqual(ROWS);
    }
    expect(readAll([...text])).toEqual(ROWS);
  });

  test("CRLF ends, empty lines and a last line without an end are understood", () => {
    expect(readAll(['a,b\r\n"c","d"\r\n\r\ne,f'])).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
    ]);
  });

  test("text that breaks off inside quotes is no result", () => {
    expect(() => readAll(['a,"b'])).toThrow(/part of it is missing/);
  });
});
