"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import type { Settings } from "@/lib/browser/settings-draft";

type RhythmKey = "checkEveryMinutes" | "salesforceEvents";
type RhythmRowsProps = {
  settings: Settings;
  disabled: boolean;
  onChange: <K extends RhythmKey>(key: K, value: Settings[K]) => void;
};

/** The API takes every minute from 1 to 60; these are the ones people choose. */
const MINUTES = [1, 2, 5, 10, 15, 30, 60];

/** How often both systems are asked, and what wakes a sync in between. */
export function RhythmRows({ settings, disabled, onChange }: RhythmRowsProps) {
  const t = useTranslations("settings.sync");
  const minutes = [...new Set([...MINUTES, settings.checkEveryMinutes])].sort((a, b) => a - b);
  return (
    <>
      <SettingRow label={t("interval")} hint={t("intervalHint")}>
        <Select
          label={t("interval")}
          className="w-44"
          value={String(settings.checkEveryMinutes)}
          disabled={disabled}
          onChange={(value) => onChange("checkEveryMinutes", Number(value))}
          options={minutes.map((n) => ({ value: String(n), label: t("everyMinutes", { minutes: n }) }))}
        />
      </SettingRow>
      <SettingRow label={t("events")} hint={t("eventsHint")}>
        <Switch
          label={t("events")}
          checked={settings.salesforceEvents}
          disabled={disabled}
          onChange={(on) => onChange("salesforceEvents", on)}
        />
      </SettingRow>
    </>
  );
}
