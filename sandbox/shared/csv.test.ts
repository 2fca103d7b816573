import { describe, expect, it } from "vitest";
import { formatCsvRow, parseCsv } from "./csv";

describe("CSV", () => {
  it("reads quotes, delimiters and line ends inside quotes, CRLF, and an empty last value", () => {
    const text = 'Id,Name,Note\r\n,"Ito, ""Jiro""","two\nlines"\r\n\r\na,,';
    expect([...parseCsv(text)]).toEqual([
      ["Id", "Name", "Note"],
      ["", 'Ito, "Jiro"', "two\nlines"],
      ["a", "", ""],
    ]);
  });

  it("reads other delimiters, a byte-order mark, and writes what it can read again", () => {
    expect([...parseCsv("\uFEFFa|b\nc|d", "|")]).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    const values = ['say "hi"', "a;b", "x\r\ny", ""];
    expect([...parseCsv(formatCsvRow(values, ";"), ";")]).toEqual([values]);
  });
});
