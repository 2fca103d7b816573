"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ListObject, listChoicesQuery, listEffectQuery } from "@/components/lists/lists-queries";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemState } from "@/components/ui/problem-state";
import { SearchInput } from "@/components/ui/search-input";
import { Skeleton } from "@/components/ui/skeleton";
import { useDebounced } from "@/lib/browser/use-debounced";
import type { ListChoice } from "@/lib/contracts/lists";
import { ListEffect } from "./list-effect";

/** HubSpot's search is asked after this pause, ms. */
const SETTLE_MS = 350;

type ChooseListDialogProps = {
  object: ListObject;
  chosenId: string | null;
  onClose: () => void;
  onChoose: (list: { listId: string; name: string }) => void;
};

/** Choose a list and see whom it would let in and stop, before it is taken over. Static lists are seen, not chosen. */
export function ChooseListDialog({ object, chosenId, onClose, onChoose }: ChooseListDialogProps) {
  const t = useTranslations("inclusion.dialog");
  const ui = useTranslations("ui");
  const [typed, setTyped] = useState("");
  const search = useDebounced(typed, SETTLE_MS).trim();
  const [picked, setPicked] = useState<ListChoice | null>(null);
  const lists = useQuery(listChoicesQuery(object, search));
  const effect = useQuery({ ...listEffectQuery(object, picked?.id ?? ""), enabled: picked !== null });
  return (
    <Dialog
      open
      width="md"
      onOpenChange={onClose}
      title={t("title", { object })}
      description={t("what")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            disabled={picked === null || !effect.data}
            onClick={() => picked && onChoose({ listId: picked.id, name: picked.name })}
          >
            {t("choose")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <SearchInput value={typed} onChange={setTyped} label={t("search")} clearLabel={t("clearSearch")} />
        {lists.isPending && <Skeleton className="h-24 w-full" />}
        {lists.isError && !lists.data && <ProblemState error={lists.error} onRetry={() => void lists.refetch()} />}
        {lists.data && (
          <Choices lists={lists.data.lists} chosenId={chosenId} picked={picked} onPick={setPicked} object={object} />
        )}
        {picked !== null && <ListEffect object={object} effect={effect} />}
      </div>
    </Dialog>
  );
}

type ChoicesProps = {
  lists: readonly ListChoice[];
  chosenId: string | null;
  picked: ListChoice | null;
  object: ListObject;
  onPick: (list: ListChoice) => void;
};

function Choices({ lists, chosenId, picked, object, onPick }: ChoicesProps) {
  const t = useTranslations("inclusion.dialog");
  if (lists.length === 0) return <p className="py-4 text-center text-ink-soft text-sm">{t("none", { object })}</p>;
  return (
    <fieldset className="max-h-56 overflow-y-auto rounded-md border border-line">
      <legend className="sr-only">{t("lists")}</legend>
      {lists.map((list) => {
        const reason = list.id === chosenId ? t("isChosen") : list.isActive ? null : t("isStatic");
        return (
          <label
            key={list.id}
            className={clsx(
              "grid grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2.5 border-line border-b px-3 py-1.5 text-sm last:border-b-0",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2",
              reason === null ? "hover:bg-hover" : "text-ink-faint",
            )}
          >
            <input
              type="radio"
              name="list"
              className="accent-accent"
              disabled={reason !== null}
              checked={picked?.id === list.id}
              onChange={() => onPick(list)}
            />
            <span className="min-w-0">
              <span className="block truncate">{list.name}</span>
              {reason && <span className="block text-xs">{reason}</span>}
            </span>
            <span className="text-ink-faint text-xs tabular-nums">{t("members", { count: list.size })}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
