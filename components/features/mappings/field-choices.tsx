"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Combobox, type ComboboxItem } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import type { FieldEnd, Mapping, MappingFields } from "@/lib/contracts/mappings";
import type { EndKey, MappingForm } from "./form-types";
import { chooseField } from "./mapping-form";
import { ENDS_OF, type SalesforceEnd } from "./salesforce-ends";
import { useMappingWords } from "./use-mapping-words";

type FieldChoicesProps = {
  form: MappingForm;
  fields: MappingFields;
  /** The other mappings: what they use cannot be chosen again */
  others: readonly Mapping[];
  filled: EndKey | null;
  disabled: boolean;
  /** A default mapping keeps its property */
  keepsProperty: boolean;
  onChange: (form: MappingForm, filled: EndKey | null) => void;
};

/** HubSpot property and the Salesforce fields it stands for; each found by label or API name. */
export function FieldChoices(props: FieldChoicesProps) {
  const { form, fields, others, filled, disabled, keepsProperty, onChange } = props;
  const t = useTranslations("mappings.drawer");
  const properties = useItems(fields.hubspot, taken(others, "hubspotProperty"));
  const ends = ENDS_OF[form.object];
  return (
    <div className="grid gap-4">
      <Field label={t("property")} hint={keepsProperty ? t("propertyStays") : undefined}>
        {(control) => (
          <Combobox
            control={control}
            value={form.hubspotProperty}
            items={properties}
            disabled={disabled || keepsProperty}
            placeholder={t("propertyPlaceholder")}
            noMatches={t("noMatches")}
            onChange={(name) => onChange({ ...form, hubspotProperty: name }, null)}
          />
        )}
      </Field>
      <div className={ends.length > 1 ? "grid gap-4 sm:grid-cols-2" : "grid gap-4"}>
        {ends.map((end) => (
          <EndChoice
            key={end.key}
            end={end}
            value={form[end.key]}
            choices={fields[end.choices]}
            used={taken(others, end.key)}
            isFilled={filled === end.key}
            disabled={disabled}
            onChoose={(name) => {
              const next = chooseField(form, end.key, name, fields);
              onChange(next.form, next.filled);
            }}
          />
        ))}
      </div>
    </div>
  );
}

type EndChoiceProps = {
  end: SalesforceEnd;
  value: string | null;
  choices: readonly FieldEnd[];
  used: ReadonlySet<string>;
  isFilled: boolean;
  disabled: boolean;
  onChoose: (name: string | null) => void;
};

function EndChoice({ end, value, choices, used, isFilled, disabled, onChoose }: EndChoiceProps) {
  const t = useTranslations("mappings.drawer");
  const items = useItems(choices, used);
  return (
    <Field label={t(`fieldOf.${end.type}`)} hint={isFilled ? t("filledIn") : undefined}>
      {(control) => (
        <Combobox
          control={control}
          value={value}
          items={items}
          disabled={disabled}
          placeholder={t("fieldPlaceholder")}
          clearLabel={t("clear")}
          noMatches={t("noMatches")}
          onChange={onChoose}
        />
      )}
    </Field>
  );
}

function taken(others: readonly Mapping[], end: "hubspotProperty" | EndKey): ReadonlySet<string> {
  return new Set(others.map((mapping) => mapping[end]).filter((name) => name !== null));
}

function useItems(ends: readonly FieldEnd[], used: ReadonlySet<string>): ComboboxItem[] {
  const t = useTranslations("mappings.drawer");
  const words = useMappingWords();
  // The words change with the language only, which reloads the page: keeping the list spares hundreds of objects per letter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(
    () =>
      ends.map((end) => ({
        value: end.name,
        label: end.label,
        disabled: used.has(end.name),
        aside: used.has(end.name) ? t("taken") : words.kind(end.kind),
      })),
    [ends, used.size],
  );
}
