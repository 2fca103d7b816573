"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ConditionFault, checkCondition, EMPTY_CONDITION } from "@/components/conditions/check-condition";
import { ConditionsEditor } from "@/components/conditions/conditions-editor";
import { conditionFieldsQuery } from "@/components/conditions/fields-query";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Settings } from "@/lib/browser/settings-draft";
import type { FieldEnd } from "@/lib/contracts/mappings";
import { moveRule } from "./move-rule";

type Rule = Settings["leadOrContactRules"][number];
const MAX_RULES = 50;

/** C2, beyond HubSpot: the first rule whose conditions hold decides whether a lead or a contact is created. */
export function LeadOrContactCard({ form, settings }: { form: SettingsForm; settings: Settings }) {
  const t = useTranslations("connection.rules");
  const { data } = useQuery(conditionFieldsQuery("contact"));
  const rules = settings.leadOrContactRules;
  const change = (next: Rule[]) => form.change("leadOrContactRules", next);
  if (settings.hubspotToSalesforce === "nothing") return null;
  const otherwise = t(settings.hubspotToSalesforce === "lead" ? "otherwiseLead" : "otherwiseContact");
  const numbered = rules.map((rule, place) => ({ rule, place }));
  return (
    <Card aria-labelledby="rules-title">
      <CardHeader id="rules-title" title={t("title")} note={rules.length === 0 ? t("none") : t("note")} />
      {numbered.map(({ rule, place }) => (
        <RuleBlock
          key={place}
          rule={rule}
          place={place}
          last={place === rules.length - 1}
          fields={data?.hubspot ?? []}
          mayEdit={form.mayEdit}
          blamed={form.error !== null}
          onChange={(next) => change(rules.map((one, at) => (at === place ? next : one)))}
          onMove={(by) => change(moveRule(rules, place, by))}
          onRemove={() => change(rules.filter((_, at) => at !== place))}
        />
      ))}
      <CardFooter className="justify-between">
        <p className="text-ink-soft text-sm">{rules.length > 0 && otherwise}</p>
        {form.mayEdit && rules.length < MAX_RULES && (
          <Button
            size="sm"
            icon={<Plus aria-hidden />}
            onClick={() => change([...rules, { conditions: [EMPTY_CONDITION], create: "Contact" }])}
          >
            {t("add")}
          </Button>
        )}
      </CardFooter>
    </Card>
  );
}

type RuleBlockProps = {
  rule: Rule;
  place: number;
  last: boolean;
  fields: readonly FieldEnd[];
  mayEdit: boolean;
  /** A save was refused: what is wrong is shown now */
  blamed: boolean;
  onChange: (rule: Rule) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

function RuleBlock({ rule, place, last, fields, mayEdit, blamed, onChange, onMove, onRemove }: RuleBlockProps) {
  const t = useTranslations("connection.rules");
  // A rule that was just added is not blamed before somebody has touched it.
  const [touched, setTouched] = useState(false);
  const number = place + 1;
  const known = new Set(fields.map(({ name }) => name));
  const faultAt = (at: number): ConditionFault | null => {
    const condition = rule.conditions[at];
    return (touched || blamed) && condition ? checkCondition(condition, known) : null;
  };
  return (
    <fieldset className="border-line border-b px-4 py-3" onBlur={() => setTouched(true)}>
      <legend className="sr-only">{t("rule", { number })}</legend>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium text-sm">{t(place === 0 ? "if" : "elseIf")}</span>
        {mayEdit && (
          <span className="flex gap-1">
            <IconButton size="sm" label={t("up", { number })} disabled={place === 0} onClick={() => onMove(-1)}>
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton size="sm" label={t("down", { number })} disabled={last} onClick={() => onMove(1)}>
              <ArrowDown aria-hidden />
            </IconButton>
            <IconButton size="sm" label={t("remove", { number })} onClick={onRemove}>
              <Trash2 aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      <ConditionsEditor
        conditions={rule.conditions}
        fields={fields}
        faultAt={faultAt}
        disabled={!mayEdit}
        onChange={(conditions) => onChange({ ...rule, conditions })}
      />
      <div className="mt-3 flex flex-wrap items-center gap-2 text-sm">
        <span className="text-ink-soft">{t("create")}</span>
        <SegmentedControl
          label={t("createOf", { number })}
          value={rule.create}
          disabled={!mayEdit}
          segments={[
            { value: "Lead", label: t("Lead") },
            { value: "Contact", label: t("Contact") },
          ]}
          onChange={(create) => onChange({ ...rule, create })}
        />
      </div>
    </fieldset>
  );
}
