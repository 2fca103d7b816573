/** Days and clock times in a portal's time zone (IANA name, e.g. "Asia/Tokyo"). An unknown zone counts as UTC. */

const HOUR = 3_600_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** "2026-11-23": the day that people in this zone write at this moment (epoch ms). */
export function dayIn(timeZone: string, at: number): string {
  return localText(timeZone, at).slice(0, 10);
}

/** "2026-11-23 09:05" in this zone. */
export function minuteIn(timeZone: string, at: number): string {
  return localText(timeZone, at).slice(0, 16).replace("T", " ");
}

/** Epoch ms of this hour of the day ("2026-11-23") in this zone; null when it is no day. */
export function momentIn(timeZone: string, day: string, hour = 0): number | null {
  const wanted = Date.parse(`${day}T00:00:00Z`) + hour * HOUR;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(wanted)) return null;
  // Twice: the offset of the first guess may be the one before a change of the clocks.
  const guess = wanted - offsetAt(timeZone, wanted);
  return wanted - offsetAt(timeZone, guess);
}

function offsetAt(timeZone: string, at: number): number {
  return Date.parse(`${localText(timeZone, at)}Z`) - Math.floor(at / 1000) * 1000;
}

/** "2026-11-23T09:05:07" */
function localText(timeZone: string, at: number): string {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const year = (parts.year ?? "").padStart(4, "0");
  return `${year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = makeClock(timeZone) ?? makeClock("UTC");
  if (!made) throw new Error("This platform has no UTC");
  clocks.set(timeZone, made);
  return made;
}

function makeClock(timeZone: string): Intl.DateTimeFormat | null {
  const digits = { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", hourCycle: "h23", ...digits });
  } catch {
    return null;
  }
}
