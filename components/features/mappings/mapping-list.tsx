"use client";

import clsx from "clsx";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { EmptyState } from "@/components/ui/empty-state";
import { GridPart } from "@/components/ui/grid-part";
import { moveBetweenRows } from "@/components/ui/move-between-rows";
import { Skeleton } from "@/components/ui/skeleton";
import type { Mapping } from "@/lib/contracts/mappings";
import { filterMappings } from "./mapping-filter";
import { MAPPING_GRID, MappingRow } from "./mapping-row";
import type { useMappingView } from "./use-mapping-view";

type View = ReturnType<typeof useMappingView>;

/** The mappings that pass search and filter; ↑ and ↓ move between rows, Enter opens. */
export function MappingList({ mappings, view }: { mappings: Mapping[]; view: View }) {
  const t = useTranslations("mappings");
  const search = useDeferredValue(view.search);
  const shown = useMemo(() => filterMappings(mappings, search, view.filter), [mappings, search, view.filter]);
  if (shown.length === 0) return <NoResults view={view} />;
  return (
    <Card>
      <GridPart role="table" aria-label={t("title")} onKeyDown={moveBetweenRows}>
        <GridPart
          role="row"
          className={clsx(MAPPING_GRID, "hidden h-8 border-line border-b px-4 font-medium text-ink-faint text-xs")}
        >
          <GridPart role="columnheader" className="flex items-center gap-1.5">
            <CrmTag letter="H" name="HubSpot" />
            {t("columns.hubspot")}
          </GridPart>
          <GridPart role="columnheader" className="text-center">
            {t("columns.rule")}
          </GridPart>
          <GridPart role="columnheader" className="flex items-center gap-1.5">
            <CrmTag letter="S" name="Salesforce" />
            {t("columns.salesforce")}
          </GridPart>
          <GridPart role="columnheader">{t("columns.notes")}</GridPart>
        </GridPart>
        {shown.map((mapping) => (
          <MappingRow key={mapping.id} mapping={mapping} onOpen={view.setEditing} />
        ))}
      </GridPart>
    </Card>
  );
}

/** Says what hides the mappings: the search, or a filter by its name. */
function NoResults({ view }: { view: View }) {
  const t = useTranslations("mappings");
  const search = view.search.trim();
  const filters = [
    ...(view.filter.withNotes ? [t("filters.notes")] : []),
    ...(view.filter.rule ? [t(`rules.${view.filter.rule}.name`)] : []),
  ];
  const isSearch = search !== "";
  return (
    <Card>
      <EmptyState
        icon={SearchX}
        title={isSearch ? t("noResults.title", { search }) : t("noResults.filterTitle")}
        action={<Button onClick={view.clear}>{t(isSearch ? "noResults.clear" : "noResults.showAll")}</Button>}
      >
        {filters.length === 0 ? t("noResults.text") : t("noResults.filterText", { filter: filters.join(" · ") })}
      </EmptyState>
    </Card>
  );
}

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

/** Rows of the size of what will come. */
export function MappingListSkeleton() {
  const t = useTranslations("mappings");
  return (
    <div role="status" aria-busy="true" aria-label={t("loading")}>
      <div className="mb-3 flex flex-wrap justify-between gap-3">
        <Skeleton className="h-7 w-64 rounded-full" />
        <Skeleton className="h-8 w-full sm:w-72" />
      </div>
      <Card>
        {ROWS.map((row) => (
          <div
            key={row}
            className={clsx(
              MAPPING_GRID,
              "flex h-28 flex-col justify-center gap-3 border-line border-b px-4 last:border-b-0 md:h-14",
            )}
          >
            <Skeleton className="h-3.5 w-3/5" />
            <Skeleton className="h-2 w-12 md:mx-auto" />
            <Skeleton className="h-3.5 w-1/2" />
            <Skeleton className="hidden h-3.5 w-20 md:block" />
          </div>
        ))}
      </Card>
    </div>
  );
}
