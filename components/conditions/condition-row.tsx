"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import type { FieldEnd } from "@/lib/contracts/mappings";
import { type Condition, type ConditionFault, needsValues, OPERATORS, withOperator } from "./check-condition";
import { ValuesInput } from "./values-input";

type ConditionRowProps = {
  place: number;
  condition: Condition;
  fields: readonly FieldEnd[];
  fault: ConditionFault | null;
  disabled: boolean;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
};

/** One condition; on narrow screens its parts stand under each other. */
export function ConditionRow({ place, condition, fields, fault, disabled, onChange, onRemove }: ConditionRowProps) {
  const t = useTranslations("inclusion.conditions");
  const items = useMemo(() => fields.map(({ name, label }) => ({ value: name, label })), [fields]);
  const field = fields.find(({ name }) => name === condition.field);
  const errorOn = (on: ConditionFault["on"]) => (fault?.on === on ? t(`faults.${fault.fault}`) : undefined);
  const number = place + 1;
  return (
    <div className="grid items-start gap-2 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,6fr)_32px]">
      <Field label={<span className="sr-only">{t("field", { number })}</span>} error={errorOn("field")}>
        {(control) => (
          <Combobox
            control={control}
            value={condition.field === "" ? null : condition.field}
            items={items}
            disabled={disabled}
            placeholder={t("fieldPlaceholder")}
            noMatches={t("noField")}
            onChange={(name) => onChange({ ...condition, field: name ?? "" })}
          />
        )}
      </Field>
      <Field label={<span className="sr-only">{t("operator", { number })}</span>}>
        {(control) => (
          <Select
            control={control}
            value={condition.operator}
            disabled={disabled}
            options={OPERATORS.map((value) => ({ value, label: t(`operators.${value}`) }))}
            onChange={(operator) => onChange(withOperator(condition, operator))}
          />
        )}
      </Field>
      {needsValues(condition.operator) ? (
        <Field label={<span className="sr-only">{t("values", { number })}</span>} error={errorOn("values")}>
          {(control) => (
            <ValuesInput
              control={control}
              values={condition.values}
              options={field?.options ?? []}
              disabled={disabled}
              onChange={(values) => onChange({ ...condition, values })}
            />
          )}
        </Field>
      ) : (
        <span />
      )}
      {!disabled && (
        <IconButton label={t("remove", { number })} onClick={onRemove} className="sm:mt-1.5">
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
