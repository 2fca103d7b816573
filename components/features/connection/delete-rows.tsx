"use client";

import { useTranslations } from "next-intl";
import { NumberSetting } from "@/components/settings-form/number-setting";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import type { Settings } from "@/lib/browser/settings-draft";

type RowsProps = { form: SettingsForm; settings: Settings };
/** What a brake starts with when it is turned on. */
const USUAL_BRAKE = 1_000;
const HIGHEST_BRAKE = 10_000_000;

/** C3 and C4: what a delete does to the partner, and how much one run may write before a person is asked. */
export function DeleteRows({ form, settings }: RowsProps) {
  const t = useTranslations("connection.deletes");
  const nothing = { value: "nothing" as const, label: t("nothing") };
  return (
    <div className="px-4 py-1">
      <SettingRow label={t("inSalesforce")} hint={t("inSalesforceHint")}>
        <SegmentedControl
          label={t("inSalesforce")}
          value={settings.whenDeletedInSalesforce}
          disabled={!form.mayEdit}
          segments={[nothing, { value: "archive", label: t("archive") }]}
          onChange={(value) => form.change("whenDeletedInSalesforce", value)}
        />
      </SettingRow>
      <SettingRow label={t("inHubSpot")} hint={t("inHubSpotHint")}>
        <SegmentedControl
          label={t("inHubSpot")}
          value={settings.whenDeletedInHubSpot}
          disabled={!form.mayEdit}
          segments={[nothing, { value: "delete", label: t("delete") }]}
          onChange={(value) => form.change("whenDeletedInHubSpot", value)}
        />
      </SettingRow>
      <SettingRow label={t("brake")} hint={t("brakeHint")}>
        <Switch
          label={t("brake")}
          checked={settings.brakeAt !== null}
          disabled={!form.mayEdit}
          onChange={(on) => form.change("brakeAt", on ? USUAL_BRAKE : null)}
        />
      </SettingRow>
      {settings.brakeAt !== null && (
        <div className="pb-3 sm:ml-auto sm:w-72">
          <NumberSetting
            label={t("brakeAt")}
            value={settings.brakeAt}
            disabled={!form.mayEdit}
            findFault={(text) => (isCount(text) ? undefined : t("brakeWrong"))}
            onChange={(limit) => form.change("brakeAt", limit)}
          />
        </div>
      )}
    </div>
  );
}

function isCount(text: string): boolean {
  return /^\d{1,8}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= HIGHEST_BRAKE;
}
