"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Combobox, type ComboboxItem } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import type { FieldEnd, Mapping, MappingFields } from "@/lib/contracts/mappings";
import { chooseField, type MappingForm } from "./mapping-form";
import { useMappingWords } from "./use-mapping-words";

type FieldChoicesProps = {
  form: MappingForm;
  fields: MappingFields;
  /** The other mappings: what they use cannot be chosen again */
  others: readonly Mapping[];
  filled: "leadField" | "contactField" | null;
  disabled: boolean;
  onChange: (form: MappingForm, filled: "leadField" | "contactField" | null) => void;
};

/** HubSpot property, lead field, contact field; each found by label or API name. */
export function FieldChoices({ form, fields, others, filled, disabled, onChange }: FieldChoicesProps) {
  const t = useTranslations("mappings.drawer");
  const properties = useItems(fields.hubspot, taken(others, "hubspotProperty"));
  const leadFields = useItems(fields.lead, taken(others, "leadField"));
  const contactFields = useItems(fields.contact, taken(others, "contactField"));
  const choose = (end: "leadField" | "contactField") => (name: string | null) => {
    const next = chooseField(form, end, name, fields);
    onChange(next.form, next.filled);
  };
  return (
    <div className="grid gap-4">
      <Field label={t("property")}>
        {(control) => (
          <Combobox
            control={control}
            value={form.hubspotProperty}
            items={properties}
            disabled={disabled}
            placeholder={t("propertyPlaceholder")}
            noMatches={t("noMatches", { search: "…" })}
            onChange={(name) => onChange({ ...form, hubspotProperty: name }, null)}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("leadField")} hint={filled === "leadField" ? t("filledIn") : undefined}>
          {(control) => (
            <Combobox
              control={control}
              value={form.leadField}
              items={leadFields}
              disabled={disabled}
              placeholder={t("fieldPlaceholder")}
              clearLabel={t("clear")}
              noMatches={t("noMatches", { search: "…" })}
              onChange={choose("leadField")}
            />
          )}
        </Field>
        <Field label={t("contactField")} hint={filled === "contactField" ? t("filledIn") : undefined}>
          {(control) => (
            <Combobox
              control={control}
              value={form.contactField}
              items={contactFields}
              disabled={disabled}
              placeholder={t("fieldPlaceholder")}
              clearLabel={t("clear")}
              noMatches={t("noMatches", { search: "…" })}
              onChange={choose("contactField")}
            />
          )}
        </Field>
      </div>
    </div>
  );
}

function taken(others: readonly Mapping[], end: "hubspotProperty" | "leadField" | "contactField"): ReadonlySet<string> {
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
