"use client";

import { ArrowLeft, ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { CrmTag } from "@/components/ui/crm-tag";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import type { Settings } from "@/lib/browser/settings-draft";

type CreationKey = "leadToHubSpot" | "contactToHubSpot" | "hubspotToSalesforce";
type CreationRowsProps = {
  settings: Settings;
  disabled: boolean;
  onChange: <K extends CreationKey>(key: K, value: Settings[K]) => void;
};

function Direction({ to, children }: { to: "hubspot" | "salesforce"; children: string }) {
  const shell = useTranslations("shell");
  const Arrow = to === "hubspot" ? ArrowLeft : ArrowRight;
  return (
    <span className="flex items-center gap-2.5">
      <span className="flex shrink-0 items-center gap-1">
        <CrmTag letter="H" name={shell("hubspot")} />
        <Arrow className="size-3.5 text-ink-faint" aria-hidden />
        <CrmTag letter="S" name={shell("salesforce")} />
      </span>
      {children}
    </span>
  );
}

/** C1 and C2: what is created where a record has no partner, HubSpot left and Salesforce right. */
export function CreationRows({ settings, disabled, onChange }: CreationRowsProps) {
  const t = useTranslations("connection.settings");
  const nothing = { value: "nothing" as const, label: t("nothing") };
  const intoHubSpot = [{ value: "create" as const, label: t("createHubSpot") }, nothing];
  const intoSalesforce = [
    { value: "lead" as const, label: t("createLead") },
    { value: "contact" as const, label: t("createContact") },
    nothing,
  ];
  return (
    <div className="px-4 py-1">
      <SettingRow label={<Direction to="salesforce">{t("hubspotToSalesforce")}</Direction>}>
        <SegmentedControl
          label={t("hubspotToSalesforce")}
          value={settings.hubspotToSalesforce}
          segments={intoSalesforce}
          disabled={disabled}
          onChange={(value) => onChange("hubspotToSalesforce", value)}
        />
      </SettingRow>
      {(["leadToHubSpot", "contactToHubSpot"] as const).map((key) => (
        <SettingRow key={key} label={<Direction to="hubspot">{t(key)}</Direction>}>
          <SegmentedControl
            label={t(key)}
            value={settings[key]}
            segments={intoHubSpot}
            disabled={disabled}
            onChange={(value) => onChange(key, value)}
          />
        </SettingRow>
      ))}
    </div>
  );
}
