"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
import { SearchInput } from "@/components/ui/search-input";
import type { Mapping } from "@/lib/contracts/mappings";
import { countMappings } from "./mapping-filter";
import type { useMappingView } from "./use-mapping-view";

type MappingToolsProps = { mappings: Mapping[]; view: ReturnType<typeof useMappingView>; action: ReactNode };

/** Filters, search, and the button to add one. */
export function MappingTools({ mappings, view, action }: MappingToolsProps) {
  const t = useTranslations("mappings");
  const counts = countMappings(mappings);
  const { withNotes, rule } = view.filter;
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{t("filters.label")}</legend>
        <FilterChip
          label={t("filters.all")}
          count={counts.all}
          pressed={!withNotes && rule === null}
          onPress={() => {
            view.setWithNotes(false);
            view.setRule(null);
          }}
        />
        <FilterChip
          label={t("filters.notes")}
          count={counts.withNotes}
          pressed={withNotes}
          onPress={() => view.setWithNotes(!withNotes)}
        />
        {counts.rules.map((one) => (
          <FilterChip
            key={one.rule}
            label={t(`rules.${one.rule}.name`)}
            count={one.count}
            pressed={rule === one.rule}
            onPress={() => view.setRule(rule === one.rule ? null : one.rule)}
          />
        ))}
      </fieldset>
      <div className="flex w-full flex-wrap items-center gap-2 sm:w-auto">
        <SearchInput
          value={view.search}
          onChange={view.setSearch}
          label={t("search")}
          clearLabel={t("clearSearch")}
          className="w-full sm:w-64"
        />
        {action}
      </div>
    </div>
  );
}
