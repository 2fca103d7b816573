"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PLACES } from "@/components/layout/places";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { meQuery } from "@/lib/browser/me-query";
import { overviewQuery } from "@/lib/browser/overview-query";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Command } from "./find-commands";

type Permission = "read" | "sync" | "configure" | "administer" | "own";

/** Pages behind the one page of settings */
const SETTINGS = [
  { key: "sync", needs: "read" },
  { key: "users", needs: "administer" },
  { key: "api-keys", needs: "administer" },
  { key: "audit", needs: "administer" },
  { key: "config", needs: "read" },
  { key: "notifications", needs: "read" },
  { key: "preferences", needs: "read" },
] as const satisfies { key: string; needs: Permission }[];

/** Actions that are a page with something already begun. */
const SHORTCUTS = [
  { key: "addMapping", href: "/mappings", needs: "configure" },
  { key: "importRecords", href: "/runs?tab=jobs&import=hubspot", needs: "sync" },
  { key: "syncList", href: "/lists", needs: "sync" },
  { key: "fixErrors", href: "/health", needs: "read" },
  { key: "invite", href: "/settings/users", needs: "administer" },
] as const satisfies { key: string; href: string; needs: Permission }[];

/** The palette's pages and actions, in the person's words; what the role may not do is left out. */
export function useCommands(): Command[] {
  const t = useTranslations("command");
  const shell = useTranslations("shell");
  const settings = useTranslations("settings");
  const words = useProblemWords();
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const check = useMutation({
    mutationFn: () => apiSend("POST", "/api/check"),
    onSuccess: () => showToast({ tone: "ok", title: t("checkStarted") }),
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries({ queryKey: overviewQuery.queryKey }),
  });
  const may = (permission: Permission) => me?.permissions.includes(permission) === true;
  const actions: Command[] = SHORTCUTS.filter(({ needs }) => may(needs)).map(({ key, href }) => ({
    id: key,
    group: "actions",
    label: t(`actions.${key}`),
    words: t(`words.${key}`),
    href,
  }));
  if (may("sync")) {
    actions.unshift({
      id: "checkNow",
      group: "actions",
      label: t("actions.checkNow"),
      words: t("words.checkNow"),
      run: () => check.mutate(),
    });
  }
  const pages: Command[] = PLACES.flatMap(({ places }) =>
    places.map(({ href, key }) => ({ id: href, group: "pages", label: shell(key), words: href, href }) as const),
  );
  const settingsPages: Command[] = SETTINGS.filter(({ needs }) => may(needs)).map(({ key }) => {
    const href = `/settings/${key}`;
    return { id: href, group: "pages", label: settings(`tabs.${key}`), words: href, aside: shell("settings"), href };
  });
  return [...actions, ...pages, ...settingsPages];
}
