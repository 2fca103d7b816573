"use client";

import { useLocale } from "next-intl";
import { formatExact, formatRelative } from "@/lib/browser/format-time";
import { useNow } from "@/lib/browser/use-now";

/** "3 min ago" that keeps counting; the exact time, in the person's zone, on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const locale = useLocale();
  const now = useNow();
  return (
    <time dateTime={at} title={formatExact(at, locale)} className={className} suppressHydrationWarning>
      {formatRelative(at, locale, now === 0 ? Date.now() : now)}
    </time>
  );
}
