/** Digests come when the day begins at the desk. */
const HOUR = 8;
const MONDAY = 1;
const DAY_MS = 24 * 3_600_000;

type Day = { year: number; month: number; day: number };

/** Whether the platform knows the zone, e.g. "Asia/Tokyo". */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The span of the newest digest that is due at `now`: `to` is the last eight o'clock (of a Monday, if weekly) in the zone,
 * `from` the one before. Days of 23 and 25 hours are right because both ends are clock times.
 */
export function readDigestSpan(kind: "daily" | "weekly", timeZone: string, now: Date): { from: Date; to: Date } {
  const today = dayOf(now, timeZone);
  const step = kind === "weekly" ? 7 : 1;
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  const sinceMonday = kind === "weekly" ? (weekday - MONDAY + 7) % 7 : 0;
  const latest = addDays(today, -sinceMonday);
  const to = eightOClock(latest, timeZone);
  if (to.getTime() <= now.getTime()) return { from: eightOClock(addDays(latest, -step), timeZone), to };
  const earlier = addDays(latest, -step);
  return { from: eightOClock(addDays(earlier, -step), timeZone), to: eightOClock(earlier, timeZone) };
}

function eightOClock(day: Day, timeZone: string): Date {
  const wanted = Date.UTC(day.year, day.month - 1, day.day, HOUR);
  // The offset is that of the moment itself, so it is looked up twice: the first guess may lie on the other side of a change.
  const first = wanted - offsetAt(new Date(wanted), timeZone);
  return new Date(wanted - offsetAt(new Date(first), timeZone));
}

/** How far the zone's clock is ahead of UTC at a moment, ms. */
function offsetAt(at: Date, timeZone: string): number {
  const parts = readParts(at, timeZone);
  const shown = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}

function dayOf(at: Date, timeZone: string): Day {
  const { year, month, day } = readParts(at, timeZone);
  return { year, month, day };
}

function addDays({ year, month, day }: Day, days: number): Day {
  const moved = new Date(Date.UTC(year, month - 1, day) + days * DAY_MS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

function readParts(at: Date, timeZone: string) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
}
