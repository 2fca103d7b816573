"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ComponentType, useState, useSyncExternalStore } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { showToast } from "@/components/ui/toast";
import { meQuery } from "@/lib/browser/me-query";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Me } from "@/lib/contracts/connection";
import { ACCOUNT_BUTTON, AccountFace } from "./account-face";

type LoadedMenu = ComponentType<{ me: Me }>;
const never = () => () => undefined;
const loadMenu = () => import("./account-menu").then((file) => file.AccountMenu);

/** Who is signed in. The menu's popup code (54 KB) comes with the pointer or the focus, and opens with the first press. */
export function AccountMenuButton() {
  const t = useTranslations("shell");
  const words = useProblemWords();
  const { data: me } = useQuery(meQuery);
  const [Menu, setMenu] = useState<LoadedMenu | null>(null);
  // It comes with the page: a press before its code has would go into nothing.
  const isAwake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (!me) return <Skeleton className="h-11 w-full rounded-md" />;
  if (Menu) return <Menu me={me} />;
  const prepare = () => void loadMenu().catch(() => undefined);
  const open = async () => {
    try {
      const loaded = await loadMenu();
      setMenu(() => loaded);
    } catch (error) {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    }
  };
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      disabled={!isAwake}
      aria-label={t("account", { name: me.name })}
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={() => void open()}
      className={ACCOUNT_BUTTON}
    >
      <AccountFace me={me} />
    </button>
  );
}
