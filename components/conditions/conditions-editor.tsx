"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { FieldEnd } from "@/lib/contracts/mappings";
import { type Condition, type ConditionFault, EMPTY_CONDITION, MAX_CONDITIONS } from "./check-condition";
import { ConditionRow } from "./condition-row";

type ConditionsEditorProps = {
  conditions: readonly Condition[];
  onChange: (conditions: Condition[]) => void;
  fields: readonly FieldEnd[];
  /** What is wrong with the condition at this place, to be shown now */
  faultAt: (place: number) => ConditionFault | null;
  disabled: boolean;
};

/** Conditions that must all be met: field, operator, values; one below the other. */
export function ConditionsEditor({ conditions, onChange, fields, faultAt, disabled }: ConditionsEditorProps) {
  const t = useTranslations("inclusion.conditions");
  const rows = conditions.map((condition, place) => ({ condition, place }));
  return (
    <div className="flex flex-col gap-2">
      {rows.map(({ condition, place }) => (
        <ConditionRow
          key={place}
          place={place}
          condition={condition}
          fields={fields}
          fault={faultAt(place)}
          disabled={disabled}
          onChange={(next) => onChange(conditions.map((one, at) => (at === place ? next : one)))}
          onRemove={() => onChange(conditions.filter((_, at) => at !== place))}
        />
      ))}
      {!disabled && conditions.length < MAX_CONDITIONS && (
        <Button
          size="sm"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange([...conditions, EMPTY_CONDITION])}
        >
          {t("add")}
        </Button>
      )}
    </div>
  );
}
