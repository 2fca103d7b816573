/**
 * Splits CSV text into rows of texts (RFC 4180: quotes double inside quotes, line ends inside quotes are kept). Takes LF and CRLF;
 * empty lines are left out.
 */
export function* parseCsv(text: string, delimiter = ","): Generator<string[]> {
  let row: string[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    let value: string;
    if (text[at] === '"') [value, at] = readQuoted(text, at + 1);
    else {
      const end = findEnd(text, at, delimiter);
      value = text.slice(at, end);
      at = end;
    }
    row.push(value);
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      // A delimiter at the very end still opens one more, empty value.
      if (at < text.length) continue;
      row.push("");
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    if (row.length > 1 || row[0] !== "") yield row;
    row = [];
  }
}

function findEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === delimiter || char === "\n" || char === "\r") break;
    at++;
  }
  return at;
}

/** Reads from behind the opening quote; answers the text and the place behind the closing one (and what strays after it). */
function readQuoted(text: string, from: number): [string, number] {
  let value = "";
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return [value + text.slice(at), text.length];
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return [value, quote + 1];
    value += '"';
    at = quote + 2;
  }
}

/** One CSV line without its end; every value in quotes. */
export function formatCsvRow(values: readonly string[], delimiter = ","): string {
  return values.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter);
}
