"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterChip } from "@/components/ui/filter-chip";
import { SearchInput } from "@/components/ui/search-input";
import { ApiProblem } from "@/lib/browser/api-client";
import { meQuery } from "@/lib/browser/me-query";
import type { Mapping } from "@/lib/contracts/mappings";
import { countMappings, MAPPING_FILTERS } from "./mapping-filter";
import { EMPTY_FORM, type MappingForm } from "./mapping-form";
import { MappingList, MappingListSkeleton } from "./mapping-list";
import { mappingSuggestionsQuery, mappingsQuery } from "./mappings-queries";
import { RequiredBanner } from "./required-banner";
import { SuggestionRows } from "./suggestion-rows";
import { useDeleteMapping } from "./use-delete-mapping";
import { useMappingView } from "./use-mapping-view";

/** The editor with its combobox weighs 40 KB gzip, which the list does not need to wait for. */
const MappingDrawer = dynamic(() => import("./mapping-drawer").then((file) => file.MappingDrawer), { ssr: false });

/** Field mappings: the list, the editor, suggestions, and what is missing. */
export function MappingsPage() {
  const t = useTranslations("mappings");
  const list = useQuery(mappingsQuery);
  const suggestions = useQuery(mappingSuggestionsQuery);
  const { data: me } = useQuery(meQuery);
  const view = useMappingView();
  const [draft, setDraft] = useState<MappingForm | null>(null);
  const mayEdit = me?.permissions.includes("configure") === true;
  const mappings = list.data?.mappings ?? [];
  const editing = mappings.find((mapping) => mapping.id === view.editing) ?? null;
  const close = () => {
    setDraft(null);
    view.setEditing(null);
  };
  const remove = useDeleteMapping(close);
  const add = mayEdit && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setDraft(EMPTY_FORM)}>
      {t("add")}
    </Button>
  );
  return (
    <div className="mx-auto w-full max-w-[1360px] px-4 py-5 sm:px-6">
      <PageHeader title={t("title")} description={t("intro")} actions={add} />
      {list.isPending && <MappingListSkeleton />}
      {list.isError && !list.data && (
        <ErrorState
          title={t("error.title")}
          requestId={list.error instanceof ApiProblem ? list.error.requestId : undefined}
          onRetry={() => void list.refetch()}
        >
          {t("error.text")}
        </ErrorState>
      )}
      {list.data && mappings.length === 0 && <NoMappings />}
      {list.data && mappings.length > 0 && (
        <>
          <RequiredBanner
            required={list.data.requiredUnfilled}
            onMap={(required) =>
              setDraft({ ...EMPTY_FORM, [required.type === "Lead" ? "leadField" : "contactField"]: required.field })
            }
            mayEdit={mayEdit}
          />
          <Filters mappings={mappings} view={view} />
          <MappingList mappings={mappings} view={view} />
          <SuggestionRows suggestions={suggestions.data?.suggestions ?? []} mayEdit={mayEdit} onAdjust={setDraft} />
        </>
      )}
      {(editing !== null || draft !== null) && (
        <MappingDrawer
          key={editing?.id ?? JSON.stringify(draft)}
          open
          mapping={editing}
          draft={draft}
          others={mappings.filter((mapping) => mapping.id !== editing?.id)}
          mayEdit={mayEdit}
          onClose={close}
          onDelete={(mapping) => remove.mutate(mapping)}
        />
      )}
    </div>
  );
}

function Filters({ mappings, view }: { mappings: Mapping[]; view: ReturnType<typeof useMappingView> }) {
  const t = useTranslations("mappings");
  const counts = countMappings(mappings);
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{t("filters.label")}</legend>
        {MAPPING_FILTERS.map((filter) => (
          <FilterChip
            key={filter}
            label={t(`filters.${filter}`)}
            count={counts[filter]}
            pressed={view.filter === filter}
            onPress={() => view.setFilter(filter)}
          />
        ))}
      </fieldset>
      <SearchInput
        value={view.search}
        onChange={view.setSearch}
        label={t("search")}
        clearLabel={t("clearSearch")}
        className="w-full sm:w-72"
      />
    </div>
  );
}

function NoMappings() {
  const t = useTranslations("mappings.empty");
  const action = (
    <Link href="/connection" className={buttonClass("primary")}>
      {t("action")}
    </Link>
  );
  return (
    <EmptyState icon={ArrowLeftRight} title={t("title")} action={action}>
      {t("text")}
    </EmptyState>
  );
}
