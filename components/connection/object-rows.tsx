"use client";

import { useTranslations } from "next-intl";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { CrmTag } from "@/components/ui/crm-tag";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import type { Settings } from "@/lib/browser/settings-draft";

type RowsProps = { form: SettingsForm; settings: Settings };
type ObjectName = "contact" | "company" | "deal" | "task";

function Row(props: { name: ObjectName; on: boolean; disabled: boolean; onChange: (on: boolean) => void }) {
  const t = useTranslations("connection.objects");
  const shell = useTranslations("shell");
  const { name } = props;
  return (
    <SettingRow
      label={
        <span className="flex flex-wrap items-center gap-x-2">
          <CrmTag letter="H" name={shell("hubspot")} />
          {t(`${name}.hubspot`)}
          <span className="text-ink-faint" aria-hidden>
            ↔
          </span>
          <CrmTag letter="S" name={shell("salesforce")} />
          {t(`${name}.salesforce`)}
        </span>
      }
      hint={t(`${name}.hint`)}
    >
      <Switch label={t(`${name}.label`)} checked={props.on} disabled={props.disabled} onChange={props.onChange} />
    </SettingRow>
  );
}

/** What syncs at all. Turning one off writes nothing and forgets nothing. */
export function ObjectRows({ form, settings }: RowsProps) {
  const disabled = !form.mayEdit;
  return (
    <div className="px-4 py-1">
      <Row
        name="contact"
        on={settings.contactSyncOn}
        disabled={disabled}
        onChange={(on) => form.change("contactSyncOn", on)}
      />
      <Row
        name="company"
        on={settings.company.on}
        disabled={disabled}
        onChange={(on) => form.changeIn("company", "on", on)}
      />
      <Row name="deal" on={settings.deal.on} disabled={disabled} onChange={(on) => form.changeIn("deal", "on", on)} />
      <Row
        name="task"
        on={settings.activities.task && settings.salesforceActivities.task}
        disabled={disabled}
        onChange={(on) => {
          form.changeIn("activities", "task", on);
          form.changeIn("salesforceActivities", "task", on);
        }}
      />
    </div>
  );
}
