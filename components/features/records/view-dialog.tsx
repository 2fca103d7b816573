"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/browser/api-client";
import { meQuery } from "@/lib/browser/me-query";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { ListedObject, RecordFilters } from "./record-filters";
import { createView, renameView, type ViewEdit, viewsQuery } from "./views-queries";

const LONGEST = 60;

type ViewDialogProps = { object: ListedObject; filters: RecordFilters; edit: ViewEdit; onClose: () => void };

/** Gives the filters as they stand a name, or a saved view another one. What was typed stays when the server refuses. */
export function ViewDialog({ object, filters, edit, onClose }: ViewDialogProps) {
  const t = useTranslations("records.views");
  const ui = useTranslations("ui");
  const words = useProblemWords();
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const form = useId();
  const isNew = edit.kind === "save";
  const [name, setName] = useState(isNew ? "" : edit.view.name);
  const [shared, setShared] = useState(false);
  const [error, setError] = useState<string>();
  const save = useMutation({
    mutationFn: () => (isNew ? createView({ object, name, shared, filters }) : renameView(edit.view.id, name)),
    onSuccess: async (view) => {
      await client.invalidateQueries({ queryKey: viewsQuery(object).queryKey });
      showToast({ tone: "ok", title: t(isNew ? "savedAs" : "renamed", { name: view.name }) });
      onClose();
    },
    onError: (problem) => setError(readRefusal(problem)),
  });
  const readRefusal = (problem: unknown): string => {
    const message = problem instanceof ApiProblem ? problem.fields[0]?.message : undefined;
    if (message === "name_taken" || message === "too_many") return t(message);
    const { title, what } = words(problem);
    return `${title}. ${what}`;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") setError(t("nameMissing"));
    else if (!save.isPending) save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(isNew ? "saveTitle" : "renameTitle")}
      description={isNew ? t("saveText") : undefined}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={save.isPending}>
            {t(isNew ? "saveButton" : "renameButton")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={t("name")} error={error}>
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={LONGEST}
              autoComplete="off"
              onChange={(event) => {
                setName(event.target.value);
                setError(undefined);
              }}
            />
          )}
        </Field>
        {isNew && me?.permissions.includes("configure") && (
          <label className="flex items-start gap-2 text-sm">
            <input
              type="checkbox"
              checked={shared}
              onChange={(event) => setShared(event.target.checked)}
              className="mt-0.5 size-4 accent-accent"
            />
            <span>
              {t("share")}
              <span className="block text-ink-faint text-xs">{t("shareText")}</span>
            </span>
          </label>
        )}
      </form>
    </Dialog>
  );
}
