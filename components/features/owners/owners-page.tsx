"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { BackfillOffer } from "@/components/backfill/backfill-offer";
import { useSavedChange } from "@/components/backfill/use-saved-change";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { ReadAgainButton } from "@/components/schemas/read-again-button";
import { SettingsFields } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card } from "@/components/ui/card";
import { FilterChip } from "@/components/ui/filter-chip";
import { ProblemState } from "@/components/ui/problem-state";
import { SearchInput } from "@/components/ui/search-input";
import type { Settings } from "@/lib/browser/settings-draft";
import type { OwnersView } from "@/lib/contracts/owners";
import { DefaultOwnerCard } from "./default-owner-card";
import { FreeUsersCard } from "./free-users-card";
import { countOwners, OWNER_FILTERS, type OwnerRow, pairOwner, readOwnerRows } from "./owner-rows";
import { ownersQuery } from "./owners-query";
import { OwnersSkeleton, OwnersTable } from "./owners-table";
import { useOwnerView } from "./use-owner-view";

/** O1: which HubSpot owner stands for which Salesforce user, and who takes over where nobody does. */
export function OwnersPage() {
  const t = useTranslations("owners");
  const common = useTranslations("settings-form");
  const form = useSettingsForm();
  const owners = useQuery(ownersQuery);
  const view = useOwnerView();
  const changed = useSavedChange("owners", form.saved?.owners.pairs);
  const rows = owners.data && form.shown ? readOwnerRows(owners.data, form.shown.owners.pairs) : null;
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={form.isReadOnly ? common("readOnly") : t("description")}
        actions={form.mayEdit && <ReadAgainButton />}
      />
      {form.mayEdit && (
        <BackfillOffer
          objects={objectsOn(form.saved)}
          isOffered={changed.isChanged && !form.dirty}
          title={(count) => t("backfill", { count })}
          onClose={changed.forget}
        />
      )}
      <OwnerTools rows={rows} view={view} />
      {owners.error && !owners.data ? (
        <Card>
          <ProblemState error={owners.error} onRetry={() => void owners.refetch()} />
        </Card>
      ) : owners.data ? (
        <SettingsFields form={form}>
          {(settings) => <OwnerCards owners={owners.data} settings={settings} form={form} view={view} />}
        </SettingsFields>
      ) : (
        <OwnersSkeleton />
      )}
    </PageBody>
  );
}

/** Whose records have owners: contacts, and companies and deals where they sync. */
function objectsOn(settings: Settings | undefined) {
  return (["contact", "company", "deal"] as const).filter((object) =>
    object === "contact" ? settings?.contactSyncOn : settings?.[object].on,
  );
}

type View = ReturnType<typeof useOwnerView>;
type OwnerCardsProps = {
  owners: OwnersView;
  settings: Settings;
  form: ReturnType<typeof useSettingsForm>;
  view: View;
};

function OwnerCards({ owners, settings, form, view }: OwnerCardsProps) {
  const { pairs, defaultUserId } = settings.owners;
  const rows = readOwnerRows(owners, pairs);
  const pair = (ownerId: string, userId: string | null) =>
    form.changeIn("owners", "pairs", pairOwner(pairs, ownerId, userId));
  return (
    <>
      <OwnersTable
        rows={rows}
        users={owners.salesforce}
        pairs={pairs}
        view={view}
        mayEdit={form.mayEdit}
        onPair={pair}
      />
      <DefaultOwnerCard
        users={owners.salesforce}
        userId={defaultUserId}
        disabled={!form.mayEdit}
        onChange={(id) => form.changeIn("owners", "defaultUserId", id)}
      />
      <FreeUsersCard owners={owners} rows={rows} />
    </>
  );
}

/** Stands outside of the form: whoever may only read searches too, and Enter saves nothing. */
function OwnerTools({ rows, view }: { rows: OwnerRow[] | null; view: View }) {
  const t = useTranslations("owners");
  const counts = rows && countOwners(rows);
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{t("filters.label")}</legend>
        {OWNER_FILTERS.map((filter) => (
          <FilterChip
            key={filter}
            label={t(`filters.${filter}`)}
            count={counts?.[filter] ?? "–"}
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
