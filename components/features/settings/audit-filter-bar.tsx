"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DateRange } from "@/components/ui/date-range";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { isFiltered } from "./audit-filters";
import type { useAuditFilters } from "./use-audit-filters";
import { useAuditWords } from "./use-audit-words";

type AuditFilterBarProps = {
  view: ReturnType<typeof useAuditFilters>;
  actors: readonly string[];
  actions: readonly string[];
};

/** Words, person, action and days; all of them stand in the address. */
export function AuditFilterBar({ view, actors, actions }: AuditFilterBarProps) {
  const t = useTranslations("settings.audit");
  const { nameAction, nameActor } = useAuditWords();
  const { filters, typed, setTyped, change, clear } = view;
  // A choice from the address stays in the box also when it is not in the list.
  const withChosen = (known: readonly string[], chosen: string) =>
    chosen === "" || known.includes(chosen) ? known : [...known, chosen];
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <SearchInput
        value={typed}
        onChange={setTyped}
        label={t("search")}
        clearLabel={t("clearSearch")}
        className="w-full sm:w-56"
      />
      <Select
        label={t("person")}
        value={filters.by}
        onChange={(by) => change({ by })}
        options={[
          { value: "", label: t("anybody") },
          ...withChosen(actors, filters.by).map((value) => ({ value, label: nameActor(value) })),
        ]}
        className="w-full sm:w-44"
      />
      <Select
        label={t("action")}
        value={filters.action}
        onChange={(action) => change({ action })}
        options={[
          { value: "", label: t("anything") },
          ...withChosen(actions, filters.action).map((value) => ({ value, label: nameAction(value) })),
        ]}
        className="w-full sm:w-44"
      />
      <DateRange from={filters.from} to={filters.to} fromLabel={t("from")} toLabel={t("to")} onChange={change} />
      {isFiltered(filters) && (
        <Button variant="ghost" icon={<X aria-hidden />} onClick={clear}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}
