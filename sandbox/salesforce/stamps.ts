/** Epoch ms → `2026-11-23T10:00:05.000+0000`: this organisation keeps whole seconds. */
export function formatStamp(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}.000+0000`;
}

/** Epoch ms → `YYYY-MM-DD` in UTC. */
export function formatDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Reads a stored or given date or datetime into epoch ms; undefined when it is none. */
export function parseStamp(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return undefined;
  const zoned = text.replace(/([+-]\d{2})(\d{2})$/, (all, hours: string, minutes: string) =>
    text.includes("T") && text.lastIndexOf(all) > 10 ? `${hours}:${minutes}` : all,
  );
  const full = zoned.includes("T") && !/(Z|[+-]\d{2}:\d{2})$/.test(zoned) ? `${zoned}Z` : zoned;
  const ms = Date.parse(full);
  return Number.isNaN(ms) ? undefined : ms;
}
