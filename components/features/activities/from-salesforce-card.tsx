"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { Settings } from "@/lib/browser/settings-draft";
import { RecordTypeBadge } from "./record-type-badge";
import { ToggleRow } from "./toggle-row";

/** HubSpot's engagement beside the Salesforce activity it is made from. */
const ENGAGEMENT = { task: "task", call: "call", email: "email", event: "meeting" } as const;
const TOGGLES = ["task", "call", "email", "event"] as const;

type FromSalesforceCardProps = {
  settings: Settings;
  saved: Settings;
  disabled: boolean;
  onToggle: (toggle: (typeof TOGGLES)[number], on: boolean) => void;
};

/** Salesforce's activities with the engagement that each becomes in HubSpot (spec A4). */
export function FromSalesforceCard({ settings, saved, disabled, onToggle }: FromSalesforceCardProps) {
  const t = useTranslations("activities");
  const on = TOGGLES.filter((toggle) => settings.salesforceActivities[toggle]).length;
  return (
    <Card aria-labelledby="from-salesforce">
      <CardHeader
        id="from-salesforce"
        title={t("fromSalesforce.title")}
        note={t("fromSalesforce.note")}
        actions={<Badge>{t("count", { on, all: TOGGLES.length })}</Badge>}
      />
      <ul>
        {TOGGLES.map((toggle) => (
          <ToggleRow
            key={toggle}
            name={t(`fromSalesforce.${toggle}.name`)}
            to="hubspot"
            on={settings.salesforceActivities[toggle]}
            savedOn={saved.salesforceActivities[toggle]}
            since={saved.activitiesSince.salesforce[toggle]}
            disabled={disabled}
            onToggle={(next) => onToggle(toggle, next)}
            hubspot={
              <span className="flex min-w-0 items-center gap-2">
                <RecordTypeBadge type={ENGAGEMENT[toggle]} />
                <span>{t(`fromSalesforce.${toggle}.becomes`)}</span>
              </span>
            }
            salesforce={
              <span className="block">
                <span className="block font-medium">{t(`fromSalesforce.${toggle}.name`)}</span>
                <span className="block text-ink-faint text-xs">{t(`fromSalesforce.${toggle}.which`)}</span>
              </span>
            }
          />
        ))}
      </ul>
    </Card>
  );
}
