"use client";

import clsx from "clsx";
import { SearchX, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { EmptyState } from "@/components/ui/empty-state";
import { GridPart } from "@/components/ui/grid-part";
import { Skeleton } from "@/components/ui/skeleton";
import { filterOwners, type OwnerRow, type User } from "./owner-rows";
import { OWNER_GRID, OwnerTableRow } from "./owner-table-row";
import type { useOwnerView } from "./use-owner-view";

/** More rows are drawn when they are asked for: an installation may have thousands of people. */
const PAGE = 100;

type OwnersTableProps = {
  rows: OwnerRow[];
  users: User[];
  pairs: Record<string, string>;
  view: ReturnType<typeof useOwnerView>;
  mayEdit: boolean;
  onPair: (ownerId: string, userId: string | null) => void;
};

/** HubSpot owner · how they meet · Salesforce user. */
export function OwnersTable({ rows, users, pairs, view, mayEdit, onPair }: OwnersTableProps) {
  const t = useTranslations("owners");
  const [limit, setLimit] = useState(PAGE);
  const shown = filterOwners(rows, view.search, view.filter);
  if (rows.length === 0) {
    return (
      <Card>
        <EmptyState icon={Users} title={t("empty.title")}>
          {t("empty.text")}
        </EmptyState>
      </Card>
    );
  }
  if (shown.length === 0) return <NoResults view={view} />;
  return (
    <Card>
      <GridPart role="table" aria-label={t("title")}>
        <GridPart
          role="row"
          className={clsx(OWNER_GRID, "hidden h-8 border-line border-b px-4 font-medium text-ink-faint text-xs")}
        >
          <GridPart role="columnheader" className="flex items-center gap-1.5">
            <CrmTag letter="H" name="HubSpot" />
            {t("columns.owner")}
          </GridPart>
          <GridPart role="columnheader" className="text-center">
            {t("columns.how")}
          </GridPart>
          <GridPart role="columnheader" className="flex items-center gap-1.5">
            <CrmTag letter="S" name="Salesforce" />
            {t("columns.user")}
          </GridPart>
        </GridPart>
        {shown.slice(0, limit).map((row) => (
          <OwnerTableRow
            key={row.owner.id}
            row={row}
            users={users}
            paired={pairs[row.owner.id] ?? null}
            mayEdit={mayEdit}
            onPair={(userId) => onPair(row.owner.id, userId)}
          />
        ))}
      </GridPart>
      {shown.length > limit && (
        <div className="border-line border-t p-1">
          <Button variant="ghost" className="w-full" onClick={() => setLimit(limit + PAGE)}>
            {t("more", { count: shown.length - limit })}
          </Button>
        </div>
      )}
    </Card>
  );
}

function NoResults({ view }: { view: OwnersTableProps["view"] }) {
  const t = useTranslations("owners");
  const search = view.search.trim();
  const allMatch = view.filter === "unmatched" && search === "";
  return (
    <Card>
      <EmptyState
        icon={allMatch ? Users : SearchX}
        title={allMatch ? t("noResults.allMatch") : search ? t("noResults.search", { search }) : t("noResults.filter")}
        action={<Button onClick={view.clear}>{t("noResults.showAll")}</Button>}
      >
        {search !== "" && view.filter !== "all" && t("noResults.both", { filter: t(`filters.${view.filter}`) })}
      </EmptyState>
    </Card>
  );
}

/** Rows of the size of what will come. */
export function OwnersSkeleton() {
  return (
    <Card aria-busy="true">
      {["a", "b", "c", "d", "e", "f"].map((row) => (
        <div key={row} className={clsx(OWNER_GRID, "flex h-14 border-line border-b px-4 last:border-b-0")}>
          <Skeleton className="h-3.5 w-3/5" />
          <Skeleton className="h-2 w-12 md:mx-auto" />
          <Skeleton className="h-3.5 w-1/2" />
        </div>
      ))}
    </Card>
  );
}
