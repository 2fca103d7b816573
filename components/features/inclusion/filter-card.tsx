"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ConditionFault } from "@/components/conditions/check-condition";
import { conditionFieldsQuery } from "@/components/conditions/fields-query";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import type { Settings } from "@/lib/browser/settings-draft";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { FILTER_TYPE_NAMES, FILTER_TYPES, type FilterType, fieldsOfType, setConditions } from "./filter-types";

/** With its comboboxes and selects it weighs 40 KB gzip, which the lists above do not need to wait for. */
const ConditionsEditor = dynamic(
  () => import("@/components/conditions/conditions-editor").then((file) => file.ConditionsEditor).catch(missingPart),
  { ssr: false, loading: () => <Skeleton className="h-7 w-32" /> },
);

type Filter = Settings["salesforceFilter"];
type FilterCardProps = {
  filter: Filter;
  /** As the server holds it */
  saved: Filter;
  isOn: { company: boolean; deal: boolean };
  faultAt: (type: FilterType, place: number) => ConditionFault | null;
  mayEdit: boolean;
  onChange: (filter: Filter) => void;
};

/** G4: only Salesforce records that meet all conditions of their type travel to HubSpot. */
export function FilterCard({ filter, saved, isOn, faultAt, mayEdit, onChange }: FilterCardProps) {
  const t = useTranslations("inclusion.filter");
  const types = FILTER_TYPE_NAMES.filter((type) => {
    const object = FILTER_TYPES[type];
    return object === "contact" || isOn[object] || (filter[type]?.length ?? 0) > 0;
  });
  return (
    <Card aria-labelledby="filter-title">
      <CardHeader id="filter-title" title={t("title")} note={t("note")} />
      <div className="divide-y divide-line">
        {types.map((type) => (
          <TypeFilter
            key={type}
            type={type}
            conditions={filter[type] ?? []}
            faultAt={(place) => faultAt(type, place)}
            mayEdit={mayEdit}
            onChange={(conditions) => onChange(setConditions(filter, saved, type, conditions))}
          />
        ))}
      </div>
    </Card>
  );
}

type TypeFilterProps = {
  type: FilterType;
  conditions: NonNullable<Filter[FilterType]>;
  faultAt: (place: number) => ConditionFault | null;
  mayEdit: boolean;
  onChange: (conditions: NonNullable<Filter[FilterType]>) => void;
};

function TypeFilter({ type, conditions, faultAt, mayEdit, onChange }: TypeFilterProps) {
  const t = useTranslations("inclusion.filter");
  const ui = useTranslations("ui");
  const words = useProblemWords();
  const fields = useQuery(conditionFieldsQuery(FILTER_TYPES[type]));
  return (
    <section aria-label={t("types", { type })} className="flex flex-col gap-2 px-4 py-3">
      <div>
        <h3 className="font-medium text-sm">{t("types", { type })}</h3>
        <p className="text-ink-faint text-xs">{conditions.length === 0 ? t("all") : t("only")}</p>
      </div>
      {fields.isPending ? (
        <Skeleton className="h-7 w-32" />
      ) : fields.isError && !fields.data ? (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-ink-soft text-sm">
          {words(fields.error).title}
          <Button size="sm" onClick={() => void fields.refetch()}>
            {ui("tryAgain")}
          </Button>
        </p>
      ) : (
        <ConditionsEditor
          conditions={conditions}
          fields={fields.data ? fieldsOfType(type, fields.data) : []}
          faultAt={faultAt}
          disabled={!mayEdit}
          onChange={onChange}
        />
      )}
    </section>
  );
}
