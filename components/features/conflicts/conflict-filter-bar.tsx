"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFieldName } from "@/components/record-words/use-field-name";
import { Button } from "@/components/ui/button";
import { DateRange } from "@/components/ui/date-range";
import { Select } from "@/components/ui/select";
import type { ConflictList } from "@/lib/contracts/conflicts";
import { type ConflictFilters, isFiltered } from "./conflict-filters";

const OBJECTS = ["contact", "company", "deal", "task"] as const;

type ConflictFilterBarProps = {
  filters: ConflictFilters;
  fields: ConflictList["fields"];
  onChange: (patch: Partial<ConflictFilters>) => void;
  onClear: () => void;
};

/** Object, field, winner and days; all of them stand in the address. */
export function ConflictFilterBar({ filters, fields, onChange, onClear }: ConflictFilterBarProps) {
  const t = useTranslations("conflicts");
  // A field from the address stays in the box also when it had no conflict lately.
  const nameField = useFieldName();
  const known = fields.some((field) => field.name === filters.field) || filters.field === "";
  const named = known ? fields : [...fields, { name: filters.field, label: filters.field }];
  const object = filters.object === "" || OBJECTS.some((one) => one === filters.object) ? [] : [filters.object];
  return (
    <search aria-label={t("filter")} className="mb-4 flex flex-wrap items-center gap-2">
      <Select
        label={t("object")}
        value={filters.object}
        onChange={(value) => onChange({ object: value })}
        options={[
          { value: "", label: t("anyObject") },
          ...OBJECTS.map((value) => ({ value, label: t(`objects.${value}`) })),
          ...object.map((value) => ({ value, label: t("objects.other") })),
        ]}
        className="w-full sm:w-40"
      />
      <Select
        label={t("field")}
        value={filters.field}
        onChange={(field) => onChange({ field })}
        options={[
          { value: "", label: t("anyField") },
          ...named.map(({ name, label }) => ({ value: name, label: nameField(name, label) })),
        ]}
        className="w-full sm:w-48"
      />
      <Select
        label={t("winner")}
        value={filters.winner}
        onChange={(winner) => onChange({ winner })}
        options={[
          { value: "", label: t("anyWinner") },
          { value: "hubspot", label: t("wins", { side: "hubspot" }) },
          { value: "salesforce", label: t("wins", { side: "salesforce" }) },
        ]}
        className="w-full sm:w-40"
      />
      <DateRange from={filters.from} to={filters.to} fromLabel={t("from")} toLabel={t("to")} onChange={onChange} />
      {isFiltered(filters) && (
        <Button variant="ghost" icon={<X aria-hidden />} onClick={onClear}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}
