"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { NumberSetting } from "@/components/settings-form/number-setting";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import { budgetQuery } from "@/lib/browser/budget-query";
import { judgeAllocation, LEAST_CALLS } from "./judge-allocation";

/** What a person starts from who sets a number of their own, while Salesforce has not told its limit. */
const USUAL = 10_000;

/** Q1: how many of the org's calls in 24 h are Kakehashi's, with the org's own limit beside it. */
export function AllocationCard({ form }: { form: SettingsForm }) {
  const t = useTranslations("settings.sync.allocation");
  const format = useFormatter();
  const { data: budget } = useQuery(budgetQuery);
  const chosen = form.shown?.salesforceDailyCalls ?? null;
  const org = budget?.org ?? null;
  const shareOf = (max: number) => Math.floor(max * 0.8);
  const findFault = (text: string) => {
    const verdict = judgeAllocation(text);
    return verdict === "fine" ? undefined : t(`wrong.${verdict}`);
  };
  return (
    <Card aria-labelledby="allocation-title">
      <CardHeader
        id="allocation-title"
        title={t("title")}
        note={org ? t("org", { max: format.number(org.max), used: format.number(org.used) }) : t("orgUnknown")}
      />
      <CardBody className="py-1">
        <SettingRow
          label={t("choice")}
          hint={
            chosen === null && org
              ? `${t("shareIs", { calls: format.number(shareOf(org.max)) })} ${t("hint")}`
              : t("hint")
          }
        >
          <SegmentedControl
            label={t("choice")}
            value={chosen === null ? "share" : "own"}
            disabled={!form.mayEdit}
            segments={[
              { value: "share", label: t("share") },
              { value: "own", label: t("own") },
            ]}
            onChange={(way) => {
              if (way === "share") return form.change("salesforceDailyCalls", null);
              form.change("salesforceDailyCalls", org ? Math.max(shareOf(org.max), LEAST_CALLS) : USUAL);
            }}
          />
        </SettingRow>
        {chosen !== null && (
          <div className="flex flex-col gap-3 pb-4">
            <NumberSetting
              label={t("calls")}
              hint={t("reserve")}
              value={chosen}
              disabled={!form.mayEdit}
              findFault={findFault}
              onChange={(calls) => form.change("salesforceDailyCalls", calls)}
              className="sm:w-72"
            />
            {org && chosen > org.max && (
              <Banner tone="warn" title={t("aboveOrg")}>
                {t("aboveOrgWhat")}
              </Banner>
            )}
          </div>
        )}
      </CardBody>
    </Card>
  );
}
