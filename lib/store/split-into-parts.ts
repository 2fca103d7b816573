/** Records that one statement carries as JSON: some 3 MB, which stand in memory three times while they travel. */
const PART_SIZE = 500;

export function splitIntoParts<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += PART_SIZE) parts.push(items.slice(start, start + PART_SIZE));
  return parts;
}
