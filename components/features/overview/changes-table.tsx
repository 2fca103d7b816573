"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatClock } from "@/lib/browser/format-time";
import type { Overview } from "@/lib/contracts/overview";

/** The chart's figures for those who cannot see it. */
export function ChangesTable({ hours }: { hours: Overview["hours"] }) {
  const t = useTranslations("overview.changes");
  const locale = useLocale();
  return (
    <div className="sr-only">
      <table>
        <caption>{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("hour")}</th>
            <th scope="col">{t("toSalesforce")}</th>
            <th scope="col">{t("toHubspot")}</th>
            <th scope="col">{t("failed")}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour.at}>
              <th scope="row">{formatClock(hour.at, locale)}</th>
              <td>{hour.toSalesforce}</td>
              <td>{hour.toHubspot}</td>
              <td>{hour.failed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
