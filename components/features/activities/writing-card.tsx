"use client";

import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import type { Settings } from "@/lib/browser/settings-draft";

type WritingKey = "rollUpEmailEvents" | "activityLanguage";
type WritingCardProps = {
  settings: Settings;
  disabled: boolean;
  onChange: <Key extends WritingKey>(key: Key, value: Settings[Key]) => void;
};

/** How activities are worded in Salesforce, and whether opens and clicks flood its reports. */
export function WritingCard({ settings, disabled, onChange }: WritingCardProps) {
  const t = useTranslations("activities.writing");
  return (
    <Card aria-labelledby="writing">
      <CardHeader id="writing" title={t("title")} />
      <CardBody className="py-1">
        <SettingRow label={t("rollUp")} hint={t("rollUpHint")}>
          <Switch
            label={t("rollUp")}
            checked={settings.rollUpEmailEvents}
            disabled={disabled}
            onChange={(on) => onChange("rollUpEmailEvents", on)}
          />
        </SettingRow>
        <SettingRow label={t("language")} hint={t("languageHint")}>
          <SegmentedControl
            label={t("language")}
            value={settings.activityLanguage}
            disabled={disabled}
            segments={[
              { value: "en", label: "English" },
              { value: "ja", label: "日本語" },
            ]}
            onChange={(language) => onChange("activityLanguage", language)}
          />
        </SettingRow>
      </CardBody>
    </Card>
  );
}
