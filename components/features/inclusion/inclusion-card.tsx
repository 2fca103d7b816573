"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter, RefreshCw } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ListProblem } from "@/components/lists/list-problem";
import { type ListObject, listEffectQuery, listStatesQuery } from "@/components/lists/lists-queries";
import { StatesBar, StatesLegend } from "@/components/lists/states-bar";
import { Badge } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { missingOverlay } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { ListProblemView } from "@/lib/contracts/lists";
import { ListEffect } from "./list-effect";
import { ListSync } from "./list-sync";

/** With their searches and effects they weigh more than the page that opens them. */
const ChooseListDialog = dynamic(
  () => import("./choose-list-dialog").then((file) => file.ChooseListDialog).catch(missingOverlay),
  {
    ssr: false,
  },
);
const RemoveListDialog = dynamic(
  () => import("./remove-list-dialog").then((file) => file.RemoveListDialog).catch(missingOverlay),
  {
    ssr: false,
  },
);

type Chosen = { listId: string; name: string } | null;
type InclusionCardProps = {
  object: ListObject;
  /** As it will be after saving */
  list: Chosen;
  saved: Chosen;
  isOn: boolean;
  problem: ListProblemView | undefined;
  mayEdit: boolean;
  onChange: (list: Chosen) => void;
};

/** Which list decides who of one object syncs, what that means, and how to choose another. */
export function InclusionCard({ object, list, saved, isOn, problem, mayEdit, onChange }: InclusionCardProps) {
  const t = useTranslations("inclusion");
  const [dialog, setDialog] = useState<"choose" | "remove" | null>(null);
  const isUnsaved = list?.listId !== saved?.listId;
  const take = (next: Chosen) => {
    onChange(next);
    setDialog(null);
  };
  return (
    <Card aria-labelledby={`inclusion-${object}`}>
      <CardHeader
        id={`inclusion-${object}`}
        title={t(`objects.${object}`)}
        note={isOn ? undefined : t("off")}
        actions={
          mayEdit && (
            <>
              {list !== null && (
                <Button size="sm" variant="ghost" onClick={() => setDialog("remove")}>
                  {t("remove")}
                </Button>
              )}
              <Button size="sm" icon={<ListFilter aria-hidden />} onClick={() => setDialog("choose")}>
                {list === null ? t("choose") : t("chooseOther")}
              </Button>
            </>
          )
        }
      />
      <div className="flex flex-col gap-3 p-4">
        {problem && problem.listId === list?.listId && <ListProblem problem={problem} />}
        {list === null ? (
          <p className="text-sm">
            <span className="font-medium">{t("everybody", { object })}</span>{" "}
            <span className="text-ink-soft">{t("everybodyWhat")}</span>
          </p>
        ) : (
          <ChosenList object={object} list={list} isUnsaved={isUnsaved} />
        )}
        {isUnsaved && <UnsavedEffect object={object} listId={list?.listId ?? "none"} />}
      </div>
      {dialog === "choose" && (
        <ChooseListDialog
          object={object}
          chosenId={list?.listId ?? null}
          onClose={() => setDialog(null)}
          onChoose={take}
        />
      )}
      {dialog === "remove" && list !== null && (
        <RemoveListDialog
          object={object}
          name={list.name}
          onClose={() => setDialog(null)}
          onRemove={() => take(null)}
        />
      )}
    </Card>
  );
}

/** What saving would do, still in sight where *Save* is pressed. */
function UnsavedEffect({ object, listId }: { object: ListObject; listId: string }) {
  const t = useTranslations("inclusion");
  const effect = useQuery(listEffectQuery(object, listId));
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line bg-hover/50 p-3">
      <Badge tone="warn" className="self-start">
        {t("unsaved")}
      </Badge>
      <ListEffect object={object} effect={effect} />
    </div>
  );
}

type ChosenListProps = { object: ListObject; list: NonNullable<Chosen>; isUnsaved: boolean };

function ChosenList({ object, list, isUnsaved }: ChosenListProps) {
  const t = useTranslations("inclusion");
  const ui = useTranslations("ui");
  const words = useProblemWords();
  const states = useQuery(listStatesQuery(object, list.listId));
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm">
          <span className="font-medium">{list.name}</span>
          {states.data && (
            <span className="ml-2 text-ink-faint text-xs tabular-nums">
              {t("members", { count: states.data.size })}
            </span>
          )}
        </p>
        <Link href={`/lists?object=${object}&list=${list.listId}`} className={buttonClass("ghost", "sm")}>
          {t("openList")}
        </Link>
      </div>
      {states.data ? (
        <div className="flex flex-col gap-2">
          <StatesBar states={states.data.states} className="max-w-[440px]" />
          <StatesLegend states={states.data.states} object={object} listId={list.listId} />
        </div>
      ) : states.isError ? (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-ink-soft text-sm">
          {words(states.error).title}
          <Button size="sm" onClick={() => void states.refetch()}>
            {ui("tryAgain")}
          </Button>
        </p>
      ) : (
        <Skeleton className="h-4 w-64" />
      )}
      <ul className="list-disc pl-4 text-ink-soft text-sm marker:text-ink-faint">
        <li>{t("meaning.only", { object })}</li>
        <li>{t("meaning.leaving")}</li>
        <li>{t("meaning.choosing")}</li>
        {object === "contact" && <li>{t("meaning.creation")}</li>}
      </ul>
      {!isUnsaved && <ListSync listId={list.listId} icon={<RefreshCw aria-hidden />} />}
    </>
  );
}
