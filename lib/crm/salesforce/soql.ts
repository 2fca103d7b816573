import type { ChangeCursor } from "../face";

/** Salesforce refuses request lines above 16,384 characters; 14,000 leaves room for host, path and headers. */
export const MAX_QUERY = 14_000;

/**
 * Inside the body of a composite call only SOQL's own limit of 100,000 characters is documented. Counted as encoded, which
 * is longer: 1,000 web addresses in all their spellings fit into one call.
 */
export const MAX_QUERY_IN_BODY = 90_000;

/** Sorted out by name, never quoted: only what describe may have named. Throws on anything else, which is a bug. */
export function checkName(name: string): string {
  if (!/^[A-Za-z0-9_.]+$/.test(name)) throw new Error(`not a Salesforce field name: ${name}`);
  return name;
}

/** A text literal; quotes, backslashes and control characters would end it early or change the query. */
export function quote(text: string): string {
  // Nearly every address and id is plain: one look instead of five rewrites (a fifth of the engine's CPU otherwise).
  if (!/[\\'\n\r\t]/.test(text)) return `'${text}'`;
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `'${escaped}'`;
}

/** `stamp` in epoch ms; SOQL writes date-times without quotes. */
export function formatStamp(stamp: number): string {
  return new Date(stamp).toISOString();
}

/**
 * One page by rising (SystemModstamp, Id). Without an id the cursor starts a check: everything from its stamp on. With
 * one it goes on inside that stamp.
 */
export function makePageQuery(select: string, cursor: ChangeCursor | null, size: number): string {
  const tail = `ORDER BY SystemModstamp ASC, Id ASC LIMIT ${size}`;
  if (cursor === null) return `${select} ${tail}`;
  const stamp = formatStamp(cursor.stamp);
  const where =
    cursor.lastId === ""
      ? `SystemModstamp >= ${stamp}`
      : `(SystemModstamp = ${stamp} AND Id > ${quote(cursor.lastId)}) OR SystemModstamp > ${stamp}`;
  return `${select} WHERE ${where} ${tail}`;
}

/** Length as it counts: URL-encoded. */
export function measureQuery(soql: string): number {
  return encodeURIComponent(soql).length;
}

/** Cuts values into runs, so that each run, quoted and with commas, is at most `room` characters long when encoded. */
export function splitByLength<T>(items: readonly T[], room: number, measure: (item: T) => number): T[][] {
  const runs: T[][] = [];
  let run: T[] = [];
  let used = 0;
  for (const item of items) {
    const length = measure(item);
    if (run.length > 0 && used + length > room) {
      runs.push(run);
      run = [];
      used = 0;
    }
    run.push(item);
    used += length;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** Encoded length of one value in a list, its comma included. */
export function measureValue(text: string): number {
  return measureQuery(`${quote(text)},`);
}

/** `Field IN ('a','b')` */
export function makeIn(field: string, values: readonly string[]): string {
  return `${checkName(field)} IN (${values.map(quote).join(",")})`;
}
