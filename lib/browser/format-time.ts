type Instant = string | number | Date;

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 min ago", "in 12 min", "yesterday"; under 45 s "now"; beyond 30 days the date. `now` in epoch ms. */
export function formatRelative(at: Instant, locale: string, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const distance = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  if (distance < 45) return words.format(0, "second");
  if (distance > 30 * 86_400) return formatDate(at, locale);
  const [unit, size] = STEPS.find(([, length]) => distance >= length * 0.95) ?? (["minute", 60] as const);
  // ICU's English short form carries a full stop ("3 min. ago"), which reads as the end of a sentence in a table cell
  const text = words.format(Math.sign(seconds) * Math.max(1, Math.round(distance / size)), unit);
  return tighten(text.replace(/(min|hr)\./, "$1"), locale);
}

/** Japanese sets no space between a figure and its counter ("3分前"), ICU does. */
function tighten(text: string, locale: string): string {
  return locale.startsWith("ja") ? text.replace(/\s+/g, "") : text;
}

/** Date alone, in the browser's time zone: "23 Nov 2026", "2026/11/23". */
export function formatDate(at: Instant, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(at));
}

/** Clock time alone, in the browser's time zone: "14:02". */
export function formatClock(at: Instant, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** To the second with the zone's name, in the browser's time zone, for tooltips. */
export function formatExact(at: Instant, locale: string): string {
  const date = new Date(at);
  const day = formatDate(date, locale);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "long", hourCycle: "h23" }).format(date);
  return `${day} ${time}`;
}

/** A length of time in its one or two largest units: "850 ms", "12 s", "3 min 20 s", "2 hr 5 min". Input in ms. */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 1_000) return formatUnit(Math.round(ms), "millisecond", locale);
  const seconds = Math.round(ms / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const parts: [number, string][] = hours
    ? [
        [hours, "hour"],
        [minutes, "minute"],
      ]
    : [
        [minutes, "minute"],
        [seconds % 60, "second"],
      ];
  const words = parts.filter(([value]) => value > 0).map(([value, unit]) => formatUnit(value, unit, locale));
  return tighten(words.join(" "), locale);
}

function formatUnit(value: number, unit: string, locale: string): string {
  const text = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  // ICU's English short second is "sec"; the SI symbol is shorter and known to all
  return tighten(text.replace(/\bsec\b/, "s"), locale);
}

/** A countdown as clock figures that keep their width: "4:07", "1:02:07"; never below "0:00". Input in ms. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
