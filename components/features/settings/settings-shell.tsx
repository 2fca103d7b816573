"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageBody } from "@/components/layout/page-header";
import { meQuery } from "@/lib/browser/me-query";

const TABS = [
  { key: "sync", restricted: false },
  { key: "users", restricted: true },
  { key: "api-keys", restricted: true },
  { key: "audit", restricted: true },
  { key: "config", restricted: false },
  { key: "notifications", restricted: false },
  { key: "preferences", restricted: false },
] as const;

const showTab = (tab: HTMLElement | null) => tab?.scrollIntoView({ block: "nearest", inline: "nearest" });

/** Title and tabs; tabs that the role may not open are left out. */
export function SettingsShell({ children }: { children: ReactNode }) {
  const t = useTranslations("settings");
  const pathname = usePathname();
  const { data: me } = useQuery(meQuery);
  const all = me?.permissions.includes("administer");
  return (
    <PageBody>
      <h1 className="font-semibold text-ink text-xl tracking-tight">{t("title")}</h1>
      <nav
        aria-label={t("tabs.label")}
        className="-mx-4 mt-3 mb-6 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0"
      >
        <ul className="flex min-w-max gap-1">
          {TABS.filter((tab) => all || !tab.restricted).map(({ key }) => {
            const here = pathname === `/settings/${key}`;
            return (
              <li key={key}>
                <Link
                  href={`/settings/${key}`}
                  // On a narrow screen the tab that is open may stand outside of it.
                  ref={here ? showTab : undefined}
                  aria-current={here ? "page" : undefined}
                  className={clsx(
                    "-mb-px flex h-9 items-center whitespace-nowrap border-b-2 px-2.5 text-sm transition-colors",
                    here
                      ? "border-ink font-medium text-ink"
                      : "border-transparent text-ink-soft hover:border-line-strong hover:text-ink",
                  )}
                >
                  {t(`tabs.${key}`)}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      {children}
    </PageBody>
  );
}
