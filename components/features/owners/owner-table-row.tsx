"use client";

import clsx from "clsx";
import { Pencil, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { GridPart } from "@/components/ui/grid-part";
import { IconButton } from "@/components/ui/icon-button";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import type { OwnerRow, User } from "./owner-rows";

/** The box with its list comes when somebody pairs. */
const UserPicker = dynamic(() => import("./user-picker").then((file) => file.UserPicker).catch(missingPart), {
  ssr: false,
  loading: () => <Skeleton className="h-8 w-full" />,
});

export const OWNER_GRID = "md:grid md:grid-cols-[minmax(0,1fr)_168px_minmax(0,1fr)] md:items-center md:gap-4";

type OwnerTableRowProps = {
  row: OwnerRow;
  users: User[];
  /** The user's id of a pair by hand */
  paired: string | null;
  mayEdit: boolean;
  onPair: (userId: string | null) => void;
};

/** One owner; whom they stand for is chosen in place. */
export function OwnerTableRow({ row, users, paired, mayEdit, onPair }: OwnerTableRowProps) {
  const t = useTranslations("owners");
  const { owner, how } = row;
  const name = owner.name || owner.email || owner.id;
  return (
    <GridPart
      role="row"
      className={clsx(
        OWNER_GRID,
        "group flex flex-col gap-2 border-line border-b px-4 py-2.5 text-sm last:border-b-0 md:min-h-14 md:py-1.5",
      )}
    >
      <GridPart role="cell" className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {!owner.active && (
            <span title={t("ownerInactiveHint")}>
              <Badge>{t("ownerInactive")}</Badge>
            </span>
          )}
          <span className="opacity-0 focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:hidden">
            <CopyButton value={owner.id} what={owner.id} />
          </span>
        </span>
        <span className="block truncate text-ink-faint text-xs">{owner.email}</span>
      </GridPart>
      <GridPart role="cell" className="flex items-center gap-2.5 md:flex-col md:gap-1">
        <BridgeArrow
          left={how === "none" ? "none" : "main"}
          right={how === "none" ? "none" : "main"}
          label={t(`how.${how}`)}
        />
        <span
          aria-hidden
          className={clsx("text-xs md:text-center", how === "none" && owner.active ? "text-warn" : "text-ink-soft")}
        >
          {t(`how.${how}`)}
        </span>
      </GridPart>
      <GridPart role="cell" className="min-w-0">
        <UserCell row={row} name={name} users={users} paired={paired} mayEdit={mayEdit} onPair={onPair} />
      </GridPart>
    </GridPart>
  );
}

function UserCell({ row, name, users, paired, mayEdit, onPair }: OwnerTableRowProps & { name: string }) {
  const t = useTranslations("owners");
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <UserPicker
        label={t("userOf", { name })}
        users={users}
        value={paired}
        clearLabel={t("unpair", { name })}
        onDone={() => setEditing(false)}
        onChange={(userId) => {
          onPair(userId);
          if (userId !== null) setEditing(false);
        }}
      />
    );
  }
  const { user, how, problem } = row;
  const pick = mayEdit && (
    <IconButton
      size="sm"
      label={t("change", { name })}
      onClick={() => setEditing(true)}
      className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
    >
      <Pencil aria-hidden />
    </IconButton>
  );
  if (how === "none" && problem === null) {
    return mayEdit ? (
      <Button size="sm" aria-label={t("change", { name })} onClick={() => setEditing(true)}>
        {t("choose")}
      </Button>
    ) : (
      <span className="text-ink-faint">{t("nobody")}</span>
    );
  }
  return (
    <div className="min-w-0">
      <span className="flex min-w-0 items-center gap-2">
        <span className={clsx("truncate", how === "none" ? "text-ink-faint line-through" : "font-medium")}>
          {user?.name || user?.email || paired}
        </span>
        {pick}
      </span>
      {problem === null ? (
        <span className="block truncate text-ink-faint text-xs">{user?.email}</span>
      ) : (
        <span className="flex items-start gap-1 text-warn text-xs">
          <TriangleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />
          {t(`problems.${problem}`)}
        </span>
      )}
    </div>
  );
}
