"use client";

import {
  CalendarDays,
  FileText,
  FormInput,
  type LucideIcon,
  Mail,
  MailOpen,
  MousePointerClick,
  Phone,
  Send,
  SquareCheck,
  StickyNote,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { Settings } from "@/lib/browser/settings-draft";
import type { ActivityExample } from "@/lib/decide/activity-examples";
import { RecordTypeBadge } from "./record-type-badge";
import { ToggleRow } from "./toggle-row";

type Toggle = ActivityExample["toggle"];

const ICONS: Record<Toggle, LucideIcon> = {
  form_submission: FormInput,
  marketing_email_sent: Send,
  marketing_email_opened: MailOpen,
  marketing_email_clicked: MousePointerClick,
  sales_email_sent: Mail,
  sales_email_opened: MailOpen,
  sales_email_clicked: MousePointerClick,
  meeting: CalendarDays,
  call: Phone,
  note: StickyNote,
  document_view: FileText,
  task: SquareCheck,
};

type ToSalesforceCardProps = {
  settings: Settings;
  saved: Settings;
  examples: readonly ActivityExample[];
  disabled: boolean;
  onToggle: (toggle: Toggle, on: boolean) => void;
};

/** HubSpot's activities with the Task or Event that each writes. */
export function ToSalesforceCard({ settings, saved, examples, disabled, onToggle }: ToSalesforceCardProps) {
  const t = useTranslations("activities");
  const on = examples.filter(({ toggle }) => settings.activities[toggle]).length;
  return (
    <Card aria-labelledby="to-salesforce">
      <CardHeader
        id="to-salesforce"
        title={t("toSalesforce.title")}
        note={t("toSalesforce.note")}
        actions={<Badge>{t("count", { on, all: examples.length })}</Badge>}
      />
      <ul>
        {examples.map(({ toggle, type, subject }) => {
          const Icon = ICONS[toggle];
          const rolledUp = settings.rollUpEmailEvents && /_(opened|clicked)$/.test(toggle);
          return (
            <ToggleRow
              key={toggle}
              name={t(`toggles.${toggle}.name`)}
              to={toggle === "task" ? "both" : "salesforce"}
              on={settings.activities[toggle]}
              savedOn={saved.activities[toggle]}
              since={saved.activitiesSince.hubspot[toggle]}
              disabled={disabled}
              onToggle={(next) => onToggle(toggle, next)}
              hubspot={
                <span className="flex items-start gap-2.5">
                  <Icon className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden />
                  <span className="min-w-0">
                    <span className="block font-medium">{t(`toggles.${toggle}.name`)}</span>
                    <span className="block text-ink-faint text-xs">{t(`toggles.${toggle}.starts`)}</span>
                  </span>
                </span>
              }
              salesforce={
                <span className="block pl-6.5 md:pl-0">
                  <span className="flex min-w-0 items-center gap-2">
                    <RecordTypeBadge type={type} />
                    <span className="truncate" title={subject}>
                      {rolledUp ? t("rolledUp") : subject}
                    </span>
                  </span>
                  {!rolledUp && <span className="block text-ink-faint text-xs">{t(`toggles.${toggle}.writes`)}</span>}
                </span>
              }
            />
          );
        })}
      </ul>
    </Card>
  );
}
