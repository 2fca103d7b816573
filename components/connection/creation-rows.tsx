"use client";

import { ArrowLeft, ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { CrmTag } from "@/components/ui/crm-tag";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import type { Settings } from "@/lib/browser/settings-draft";

type RowsProps = { form: SettingsForm; settings: Settings };

function Direction({ to, children }: { to: "hubspot" | "salesforce"; children: ReactNode }) {
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

/** C1 and C2: what is created where a record has no partner, HubSpot left and Salesforce right; only of objects that are on. */
export function CreationRows({ form, settings }: RowsProps) {
  return (
    <div className="px-4 py-1">
      <PeopleRows form={form} settings={settings} />
      {settings.company.on && <OtherRows form={form} settings={settings} object="company" />}
      {settings.company.on && <DomainRow form={form} settings={settings} />}
      {settings.deal.on && <OtherRows form={form} settings={settings} object="deal" />}
    </div>
  );
}

function PeopleRows({ form, settings }: RowsProps) {
  const t = useTranslations("connection.settings");
  const nothing = { value: "nothing" as const, label: t("nothing") };
  const intoHubSpot = [{ value: "create" as const, label: t("createHubSpot") }, nothing];
  const intoSalesforce = [
    { value: "lead" as const, label: t("createLead") },
    { value: "contact" as const, label: t("createContact") },
    nothing,
  ];
  return (
    <>
      <SettingRow label={<Direction to="salesforce">{t("hubspotToSalesforce")}</Direction>}>
        <SegmentedControl
          label={t("hubspotToSalesforce")}
          value={settings.hubspotToSalesforce}
          segments={intoSalesforce}
          disabled={!form.mayEdit}
          onChange={(value) => form.change("hubspotToSalesforce", value)}
        />
      </SettingRow>
      {(["leadToHubSpot", "contactToHubSpot"] as const).map((key) => (
        <SettingRow key={key} label={<Direction to="hubspot">{t(key)}</Direction>}>
          <SegmentedControl
            label={t(key)}
            value={settings[key]}
            segments={intoHubSpot}
            disabled={!form.mayEdit}
            onChange={(value) => form.change(key, value)}
          />
        </SettingRow>
      ))}
    </>
  );
}

/** Companies with accounts, deals with opportunities. */
function OtherRows({ form, settings, object }: RowsProps & { object: "company" | "deal" }) {
  const t = useTranslations("connection.settings");
  const ways = [
    { way: "toSalesforce", to: "salesforce" },
    { way: "toHubSpot", to: "hubspot" },
  ] as const;
  return ways.map(({ way, to }) => (
    <SettingRow key={way} label={<Direction to={to}>{t(`${object}.${way}`)}</Direction>}>
      <SegmentedControl
        label={t(`${object}.${way}`)}
        value={settings[object][way]}
        segments={[
          { value: "create", label: t(`${object}.create.${way}`) },
          { value: "nothing", label: t("nothing") },
        ]}
        disabled={!form.mayEdit}
        onChange={(value) => form.changeIn(object, way, value)}
      />
    </SettingRow>
  ));
}

function DomainRow({ form, settings }: RowsProps) {
  const t = useTranslations("connection.settings.company");
  return (
    <SettingRow label={t("matchByDomain")} hint={t("matchByDomainHint")}>
      <Switch
        label={t("matchByDomain")}
        checked={settings.company.matchByDomain}
        disabled={!form.mayEdit}
        onChange={(on) => form.changeIn("company", "matchByDomain", on)}
      />
    </SettingRow>
  );
}
