/** One line of CSV with its line end (LF). */
export function formatCsvLine(cells: readonly string[]): string {
  return `${cells.map(quoteCell).join(",")}\n`;
}

function quoteCell(text: string): string {
  // A cell that begins or ends with white space would be trimmed without quotes.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Reads CSV as it comes in, so that a result of any size never stands in memory as a whole (RFC 4180: a quote inside
 * quotes is doubled, line ends inside quotes belong to the cell). Takes LF and CRLF; empty lines are left out.
 */
export class CsvReader {
  private row: string[] = [];
  private cell = "";
  private state: "start" | "plain" | "quoted" | "after_quote" = "start";

  /** The rows that this piece of text completes. */
  push(text: string): string[][] {
    const rows: string[][] = [];
    let at = 0;
    while (at < text.length) at = this.state === "quoted" ? this.takeQuoted(text, at) : this.takeOne(text, at, rows);
    return rows;
  }

  /** The last row, when the text did not end with a line end. @throws Error when it ended inside quotes. */
  end(): string[][] {
    if (this.state === "quoted") throw new Error("The CSV ends inside quotes: a part of it is missing");
    const rows: string[][] = [];
    this.endRow(rows);
    return rows;
  }

  private takeQuoted(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      this.cell += text.slice(at);
      return text.length;
    }
    this.cell += text.slice(at, quote);
    this.state = "after_quote";
    return quote + 1;
  }

  private takeOne(text: string, at: number, rows: string[][]): number {
    const char = text[at];
    if (char === '"' && this.state === "start") this.state = "quoted";
    else if (char === '"' && this.state === "after_quote") {
      this.cell += '"';
      this.state = "quoted";
    } else if (char === ",") this.endCell();
    else if (char === "\n") this.endRow(rows);
    else if (char !== "\r") return this.takePlain(text, at);
    return at + 1;
  }

  private takePlain(text: string, at: number): number {
    this.state = "plain";
    const rest = /[,\r\n]/g;
    rest.lastIndex = at;
    const end = rest.exec(text)?.index ?? text.length;
    this.cell += text.slice(at, end);
    return end;
  }

  private endCell(): void {
    this.row.push(this.cell);
    this.cell = "";
    this.state = "start";
  }

  private endRow(rows: string[][]): void {
    const isEmpty = this.row.length === 0 && this.cell === "" && this.state === "start";
    this.endCell();
    if (!isEmpty) rows.push(this.row);
    this.row = [];
  }
}
