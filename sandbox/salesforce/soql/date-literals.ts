const DAY = 86_400_000;

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY) * DAY;
}

function startOfMonth(ms: number, months = 0): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

function startOfUnit(unit: string, now: number, steps: number): number {
  const date = new Date(now);
  if (unit === "DAY") return startOfDay(now) + steps * DAY;
  // Weeks start on Sunday in the default locale (en_US).
  if (unit === "WEEK") return startOfDay(now) - date.getUTCDay() * DAY + steps * 7 * DAY;
  if (unit === "MONTH") return startOfMonth(now, steps);
  const quarter = Math.floor(date.getUTCMonth() / 3) * 3;
  if (unit === "QUARTER") return Date.UTC(date.getUTCFullYear(), quarter + steps * 3, 1);
  return Date.UTC(date.getUTCFullYear() + steps, 0, 1);
}

function readSimple(name: string, now: number): [number, number] | undefined {
  if (name === "TODAY") return [startOfUnit("DAY", now, 0), startOfUnit("DAY", now, 1)];
  if (name === "YESTERDAY") return [startOfUnit("DAY", now, -1), startOfUnit("DAY", now, 0)];
  if (name === "TOMORROW") return [startOfUnit("DAY", now, 1), startOfUnit("DAY", now, 2)];
  if (name === "LAST_90_DAYS") return [startOfUnit("DAY", now, -90), startOfUnit("DAY", now, 1)];
  if (name === "NEXT_90_DAYS") return [startOfUnit("DAY", now, 1), startOfUnit("DAY", now, 91)];
  const match = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (!match?.[2]) return undefined;
  const step = match[1] === "LAST" ? -1 : match[1] === "NEXT" ? 1 : 0;
  return [startOfUnit(match[2], now, step), startOfUnit(match[2], now, step + 1)];
}

/**
 * The time range of a SOQL date literal such as `TODAY` or `LAST_N_DAYS:3`, in epoch ms, end exclusive, in UTC.
 * Undefined for an unknown literal. `LAST_N_DAYS` includes today, as the real one does.
 */
export function readDateLiteral(literal: string, now: number): [number, number] | undefined {
  const [name = "", count] = literal.toUpperCase().split(":");
  if (count === undefined) return readSimple(name, now);
  const n = Number(count);
  const ago = /^N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name);
  if (ago?.[1]) return [startOfUnit(ago[1], now, -n), startOfUnit(ago[1], now, -n + 1)];
  const match = /^(LAST|NEXT)_N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name);
  if (!match?.[2]) return undefined;
  if (match[1] === "NEXT") return [startOfUnit(match[2], now, 1), startOfUnit(match[2], now, n + 1)];
  return [startOfUnit(match[2], now, -n), startOfUnit(match[2], now, match[2] === "DAY" ? 1 : 0)];
}
