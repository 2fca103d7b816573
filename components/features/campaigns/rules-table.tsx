"use client";

import { useQuery } from "@tanstack/react-query";
import { Megaphone, Pencil, Trash2, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { CampaignRule } from "@/lib/decide/connection-settings";
import { campaignsQuery, formsQuery } from "./campaign-queries";
import { EVERY_FORM, findRuleProblem, isTiedAlready } from "./campaign-rules";

type RulesTableProps = {
  rules: readonly CampaignRule[];
  /** What the server holds: rules that are not among them are unsaved */
  saved: readonly CampaignRule[];
  mayEdit: boolean;
  onEdit: (at: number) => void;
  onRemove: (at: number) => void;
  onAdd: () => void;
};

/** One rule a row: HubSpot's form left, the campaign and status right. */
export function RulesTable({ rules, saved, mayEdit, onEdit, onRemove, onAdd }: RulesTableProps) {
  const t = useTranslations("campaigns");
  if (rules.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={Megaphone}
          title={t("empty.title")}
          action={mayEdit && <Button onClick={onAdd}>{t("add")}</Button>}
        >
          {t("empty.what")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card aria-labelledby="rules">
      <CardHeader id="rules" title={t("rules.title")} note={t("rules.note")} />
      <ul>
        {rules.map((rule, at) => (
          <RuleRow
            key={`${rule.formId} ${rule.campaignId}`}
            rule={rule}
            isSaved={isTiedAlready(saved, rule, null)}
            mayEdit={mayEdit}
            onEdit={() => onEdit(at)}
            onRemove={() => onRemove(at)}
          />
        ))}
      </ul>
    </Card>
  );
}

type RuleRowProps = {
  rule: CampaignRule;
  isSaved: boolean;
  mayEdit: boolean;
  onEdit: () => void;
  onRemove: () => void;
};

function RuleRow({ rule, isSaved, mayEdit, onEdit, onRemove }: RuleRowProps) {
  const t = useTranslations("campaigns");
  const { data: forms } = useQuery(formsQuery);
  const { data: campaigns } = useQuery(campaignsQuery);
  const problem = findRuleProblem(rule, forms, campaigns);
  const everyForm = rule.formId === EVERY_FORM;
  const formName = everyForm ? t("everyForm") : (forms?.find(({ id }) => id === rule.formId)?.name ?? rule.formId);
  const name = `${formName} → ${rule.campaignName}`;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2.5 text-sm last:border-b-0 md:grid-cols-[minmax(0,4fr)_48px_minmax(0,5fr)_minmax(0,2fr)_68px]">
      <span className="min-w-0 truncate font-medium" title={formName}>
        {formName}
      </span>
      <BridgeArrow left="none" right="main" label={t("way")} className="hidden md:block" />
      <div className="order-last col-span-2 min-w-0 md:order-none md:col-span-1">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate">{rule.campaignName}</span>
          <Badge>{rule.status}</Badge>
        </span>
        {problem && (
          <p className="mt-0.5 flex items-start gap-1 text-warn text-xs">
            <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
            {t(`problems.${problem}`, { status: rule.status })}
          </p>
        )}
      </div>
      <span className="hidden text-right text-ink-faint text-xs md:block">
        {isSaved ? rule.since && <RelativeTime at={rule.since} /> : <span className="text-info">{t("unsaved")}</span>}
      </span>
      <span className="flex justify-end">
        {mayEdit && (
          <>
            <IconButton label={t("edit", { name })} onClick={onEdit}>
              <Pencil aria-hidden />
            </IconButton>
            <IconButton label={t("remove", { name })} onClick={onRemove}>
              <Trash2 aria-hidden />
            </IconButton>
          </>
        )}
      </span>
    </li>
  );
}
