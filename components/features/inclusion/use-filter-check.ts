"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type ConditionFault, checkCondition } from "@/components/conditions/check-condition";
import { conditionFieldsQuery } from "@/components/conditions/fields-query";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { showToast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/browser/api-client";
import { FILTER_TYPES, type FilterType, fieldsOfType, findFaults } from "./filter-types";

/** Refuses to save a filter with a gap in it and says where; what the server refuses is shown at the same place. */
export function useFilterCheck(form: SettingsForm) {
  const t = useTranslations("inclusion.filter");
  const client = useQueryClient();
  const [isChecked, setIsChecked] = useState(false);
  const knownOf = (type: FilterType): ReadonlySet<string> | null => {
    const fields = client.getQueryData(conditionFieldsQuery(FILTER_TYPES[type]).queryKey);
    return fields ? new Set(fieldsOfType(type, fields).map((field) => field.name)) : null;
  };
  const filter = form.shown?.salesforceFilter ?? {};
  const refused = form.error instanceof ApiProblem ? form.error.fields : [];
  const faultAt = (type: FilterType, place: number): ConditionFault | null => {
    const condition = filter[type]?.[place];
    const own = isChecked && condition ? checkCondition(condition, knownOf(type)) : null;
    const isRefused = refused.some((field) => field.path === `salesforceFilter.${type}.${place}.field`);
    return own ?? (isRefused ? { on: "field", fault: "unknownField" } : null);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const faults = findFaults(filter, knownOf);
    setIsChecked(faults > 0);
    if (faults === 0) form.submit(event);
    else showToast({ tone: "fail", title: t("faulty", { count: faults }), detail: t("faultyWhat") });
  };
  return { submit, faultAt };
}
