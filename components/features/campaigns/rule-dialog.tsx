"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ProblemState } from "@/components/ui/problem-state";
import { Select } from "@/components/ui/select";
import type { CampaignRule } from "@/lib/decide/connection-settings";
import { campaignsQuery, formsQuery } from "./campaign-queries";
import { EVERY_FORM, isTiedAlready, suggestStatus } from "./campaign-rules";

type RuleDialogProps = {
  rules: readonly CampaignRule[];
  /** The place of the rule that is changed; null adds one */
  at: number | null;
  onClose: () => void;
  onDone: (rule: CampaignRule) => void;
};

type Chosen = { formId: string | null; campaignId: string | null; status: string };
type Refused = Partial<Record<"form" | "campaign", string>>;

/** Form, campaign, member status. Refuses with the field named; what was chosen stays. */
export function RuleDialog({ rules, at, onClose, onDone }: RuleDialogProps) {
  const t = useTranslations("campaigns.dialog");
  const page = useTranslations("campaigns");
  const ui = useTranslations("ui");
  const forms = useQuery(formsQuery);
  const campaigns = useQuery(campaignsQuery);
  const before = at === null ? undefined : rules[at];
  const [chosen, setChosen] = useState<Chosen>({
    formId: before?.formId ?? null,
    campaignId: before?.campaignId ?? null,
    status: before?.status ?? "",
  });
  const [refused, setRefused] = useState<Refused>({});
  const campaign = campaigns.data?.find(({ id }) => id === chosen.campaignId);
  const choose = (change: Partial<Chosen>) => {
    setChosen((mine) => ({ ...mine, ...change }));
    setRefused({});
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { formId, campaignId, status } = chosen;
    if (formId === null) return setRefused({ form: t("formMissing") });
    if (campaignId === null || !campaign) return setRefused({ campaign: t("campaignMissing") });
    const rule = { ...before, formId, campaignId, campaignName: campaign.name, status };
    if (isTiedAlready(rules, rule, at)) return setRefused({ campaign: t("tiedAlready") });
    onDone(rule);
  };
  const failed = forms.error ?? campaigns.error;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="md"
      title={t(at === null ? "addTitle" : "editTitle")}
      description={t("what")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form="campaign-rule" disabled={failed !== null}>
            {t(at === null ? "addDone" : "editDone")}
          </Button>
        </>
      }
    >
      {failed ? (
        <ProblemState
          error={failed}
          onRetry={() => {
            void forms.refetch();
            void campaigns.refetch();
          }}
        />
      ) : (
        <form id="campaign-rule" noValidate onSubmit={submit} className="flex flex-col gap-4 pb-1">
          <Field label={t("form")} error={refused.form}>
            {(control) => (
              <Combobox
                control={control}
                value={chosen.formId}
                onChange={(formId) => choose({ formId })}
                items={[
                  { value: EVERY_FORM, label: page("everyForm") },
                  ...(forms.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
                placeholder={t(forms.isPending ? "loading" : "formPlaceholder")}
                noMatches={t("noForm")}
              />
            )}
          </Field>
          <Field label={t("campaign")} error={refused.campaign}>
            {(control) => (
              <Combobox
                control={control}
                value={chosen.campaignId}
                onChange={(campaignId) =>
                  choose({ campaignId, status: suggestStatus(campaigns.data?.find(({ id }) => id === campaignId)) })
                }
                items={(campaigns.data ?? []).map(({ id, name, isActive }) => ({
                  value: id,
                  label: name,
                  disabled: !isActive,
                  aside: isActive ? undefined : t("inactive"),
                }))}
                placeholder={t(campaigns.isPending ? "loading" : "campaignPlaceholder")}
                noMatches={t("noCampaign")}
              />
            )}
          </Field>
          {campaign && (
            <Field label={t("status")} hint={t("statusHint")}>
              {(control) => (
                <Select
                  control={control}
                  value={chosen.status}
                  onChange={(status) => choose({ status })}
                  options={campaign.statuses.map(({ label, hasResponded }) => ({
                    value: label,
                    label,
                    hint: hasResponded ? t("responded") : undefined,
                  }))}
                />
              )}
            </Field>
          )}
        </form>
      )}
    </Dialog>
  );
}
