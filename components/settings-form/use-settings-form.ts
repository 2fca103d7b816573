"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { connectionQuery } from "@/lib/browser/connection-query";
import { meQuery } from "@/lib/browser/me-query";
import { overviewQuery } from "@/lib/browser/overview-query";
import {
  applyDraft,
  changeInGroup,
  changeSetting,
  EMPTY_DRAFT,
  type GroupName,
  isDirty,
  type NamedSettings,
  rebaseDraft,
  type Settings,
  toPatch,
} from "@/lib/browser/settings-draft";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { useUnsavedGuard } from "@/lib/browser/use-unsaved-guard";

/**
 * A page that edits settings of the connection: what is shown (the server's settings with the person's changes on top),
 * how to change and save it, and who may. One's changes survive another person's save: the bar then offers the newer
 * version. Put the result into `SettingsFrame`, which draws loading, failure and the bar.
 */
export function useSettingsForm() {
  const ui = useTranslations("ui");
  const bar = useTranslations("settings-form");
  const words = useProblemWords();
  const faults = useTranslations("problems.fields");
  const client = useQueryClient();
  const connection = useQuery(connectionQuery);
  const { data: me } = useQuery(meQuery);
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const saved = connection.data?.settings;
  /** "Owners: This person is no longer there." */
  const tellFault = ({ path, message }: ApiProblem["fields"][number]) => {
    const fault = faults(faults.has(message) ? message : "invalid");
    const [name = ""] = path.split(".");
    return bar.has(`names.${name}`) ? bar("fault", { name: bar(`names.${name}`), fault }) : fault;
  };
  const save = useMutation({
    mutationFn: async () => {
      if (saved) await apiSend("PATCH", "/api/connection/settings", toPatch(saved, draft));
    },
    onSuccess: () => {
      setDraft(EMPTY_DRAFT);
      showToast({ tone: "ok", title: bar("saved") });
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === "changed_meanwhile") return;
      const { title, what } = words(error);
      const named = error instanceof ApiProblem ? [...new Set(error.fields.map(tellFault))].join(" ") : "";
      showToast({ tone: "fail", title, detail: named || what });
    },
    // Settings decide about mappings, lists and counts as well: everything on the page reads anew.
    onSettled: () => client.invalidateQueries(),
  });
  const dirty = isDirty(draft);
  useUnsavedGuard(dirty, ui("leaveUnsaved"));
  return {
    connection,
    /** As the server holds them */
    saved,
    /** With the unsaved changes; undefined while loading */
    shown: saved && applyDraft(saved, draft),
    mayEdit: me?.permissions.includes("configure") === true,
    /** The role is known and may not edit */
    isReadOnly: me !== undefined && !me.permissions.includes("configure"),
    change: <Name extends keyof NamedSettings>(name: Name, value: Settings[Name]) =>
      saved && setDraft((mine) => changeSetting(mine, saved, name, value)),
    changeIn: <Name extends GroupName, Key extends keyof Settings[Name] & string>(
      name: Name,
      key: Key,
      value: Settings[Name][Key],
    ) => saved && setDraft((mine) => changeInGroup(mine, saved, name, key, value)),
    dirty,
    busy: save.isPending,
    /** The refusal of the last save, with the fields at fault */
    error: save.error,
    conflict: save.error instanceof ApiProblem && save.error.code === "changed_meanwhile",
    submit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      // What is wrong as typed says so beside itself; nothing is saved around it.
      const wrong = event.currentTarget.querySelector<HTMLElement>("input:invalid");
      if (wrong) wrong.focus();
      else if (dirty && !save.isPending) save.mutate();
    },
    /** Saves what is unsaved; answers whether all is saved now. For steps that go on only then. */
    saveNow: async () => {
      if (!dirty) return true;
      if (save.isPending) return false;
      return save.mutateAsync().then(
        () => true,
        () => false,
      );
    },
    discard: () => {
      setDraft(EMPTY_DRAFT);
      save.reset();
    },
    loadNewer: async () => {
      const newer = await client.fetchQuery({ ...connectionQuery, staleTime: 0 });
      setDraft((mine) => rebaseDraft(mine, newer.settings));
      await client.invalidateQueries({ queryKey: overviewQuery.queryKey });
      save.reset();
    },
  };
}

export type SettingsForm = ReturnType<typeof useSettingsForm>;
