"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import { budgetQuery } from "@/lib/browser/budget-query";
import { judgeAllocation } from "./judge-allocation";

/** What a person starts from who sets a number of their own, while Salesforce has not told its limit. */
const USUAL = 10_000;

/** Q1: how many of the org's calls in 24 h are Kakehashi's, with the org's own limit beside it. */
export function AllocationCard({ form }: { form: SettingsForm }) {
  const t = useTranslations("settings.sync.allocation");
  const format = useFormatter();
  const { data: budget } = useQuery(budgetQuery);
  const chosen = form.shown?.salesforceDailyCalls ?? null;
  const [typed, setTyped] = useState(chosen === null ? "" : String(chosen));
  const org = budget?.org ?? null;
  const verdict = chosen === null ? "fine" : judgeAllocation(typed, org?.max ?? null);
  const isRefused = verdict === "not_a_number" || verdict === "too_small" || verdict === "too_large";
  const shareOf = (max: number) => Math.floor(max * 0.8);
  const setOwn = (text: string) => {
    setTyped(text);
    const judged = judgeAllocation(text, null);
    if (judged === "fine") form.change("salesforceDailyCalls", Number(text));
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
              setOwn(String(org ? shareOf(org.max) : USUAL));
            }}
          />
        </SettingRow>
        {chosen !== null && (
          <div className="flex flex-col gap-3 pb-4">
            <Field
              label={t("calls")}
              hint={t("reserve")}
              error={isRefused ? t(`wrong.${verdict}`) : undefined}
              className="sm:w-72"
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={typed}
                  disabled={!form.mayEdit}
                  onChange={(event) => setOwn(event.target.value)}
                />
              )}
            </Field>
            {verdict === "above_org" && (
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
