"use client";

import { useTranslations } from "next-intl";
import { HourlyBars } from "@/components/ui/hourly-bars";
import type { Overview } from "@/lib/contracts/overview";

/** The accent at 40 % on the card's own ground, opaque so that no grid line shines through */
const ACCENT_PALE = "color-mix(in srgb, var(--color-accent) 40%, var(--color-surface))";

const PARTS = [
  { key: "toSalesforce", color: "var(--color-accent)" },
  { key: "toHubspot", color: ACCENT_PALE },
  { key: "failed", color: "var(--color-fail-solid)" },
] as const;

/** What was written per hour, by direction, and what failed. Loaded lazily by the card around it. */
export function ChangesChart({ hours }: { hours: Overview["hours"] }) {
  const t = useTranslations("overview.changes");
  const parts = PARTS.map(({ key, color }) => ({
    key,
    color,
    label: t(key),
    count: (hour: Overview["hours"][number]) => hour[key],
  }));
  return <HourlyBars hours={hours} parts={parts} />;
}
