"use client";

import { useLocale } from "next-intl";
import { formatClock, formatDate, formatExact } from "@/lib/browser/format-time";
import { useNow } from "@/lib/browser/use-now";

/** "14:02" today, "22 Nov 2026 14:02" on other days, in the person's time zone; exact on hover. */
export function Moment({ at }: { at: string }) {
  const locale = useLocale();
  const today = formatDate(useNow(60_000) || Date.now(), locale);
  const day = formatDate(at, locale);
  const clock = formatClock(at, locale);
  return (
    <time dateTime={at} title={formatExact(at, locale)} className="tabular-nums" suppressHydrationWarning>
      {day === today ? clock : `${day} ${clock}`}
    </time>
  );
}
