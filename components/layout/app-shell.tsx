"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Menu } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useState } from "react";
import { useCommandKeys } from "@/components/command/use-command-keys";
import { LogoMark } from "@/components/layout/logo-mark";
import { SessionGuard } from "@/components/layout/session-guard";
import { SideNavigation } from "@/components/layout/side-navigation";
import { SuspendedBanner } from "@/components/layout/suspended-banner";
import { UnreachableBanner } from "@/components/layout/unreachable-banner";
import { IconButton } from "@/components/ui/icon-button";
import { missingOverlay } from "@/components/ui/missing-part";
import { meQuery } from "@/lib/browser/me-query";
import type { Me } from "@/lib/contracts/connection";

const CommandPalette = dynamic(() =>
  import("@/components/command/command-palette").then((file) => file.CommandPalette).catch(missingOverlay),
);
const Drawer = dynamic(() => import("@/components/ui/drawer").then((file) => file.Drawer).catch(missingOverlay));

/**
 * Navigation left, page right; under 1024 px the navigation is a sheet behind a button. `me` comes with the page: what one
 * may press stands there from the start and pushes nothing down.
 */
export function AppShell({ me, children }: { me: Me; children: ReactNode }) {
  const t = useTranslations("shell");
  const client = useQueryClient();
  useState(() => client.setQueryData(meQuery.queryKey, me));
  // null: never opened, so the sheet is not even loaded
  const [sheetOpen, setSheetOpen] = useState<boolean | null>(null);
  const [searching, setSearching] = useState(false);
  useCommandKeys(useCallback(() => setSearching((was) => !was), []));
  const search = () => {
    setSheetOpen((was) => was && false);
    setSearching(true);
  };
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skipToContent")}
      </a>
      <aside className="sticky top-0 hidden h-dvh border-line border-r lg:block">
        <SideNavigation onSearch={search} />
      </aside>
      <header className="sticky top-0 z-40 flex h-12 items-center gap-2 border-line border-b bg-canvas px-2 lg:hidden">
        <IconButton label={t("openNavigation")} aria-expanded={sheetOpen === true} onClick={() => setSheetOpen(true)}>
          <Menu aria-hidden />
        </IconButton>
        <LogoMark className="size-5 text-accent" />
        <span className="font-semibold tracking-tight">{t("appName")}</span>
      </header>
      {sheetOpen !== null && (
        <Drawer open={sheetOpen} onOpenChange={setSheetOpen} title={t("navigation")} side="left" width="sm" bare>
          <SideNavigation onSearch={search} onGo={() => setSheetOpen(false)} />
        </Drawer>
      )}
      {searching && <CommandPalette onClose={() => setSearching(false)} />}
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <UnreachableBanner />
        <SuspendedBanner />
        {children}
      </main>
      <SessionGuard />
    </div>
  );
}
