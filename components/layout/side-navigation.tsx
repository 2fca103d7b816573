"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { CommandButton } from "@/components/command/command-button";
import { AccountMenuButton } from "@/components/layout/account-menu-button";
import { ConnectionName } from "@/components/layout/connection-name";
import { LogoMark } from "@/components/layout/logo-mark";
import { NextCheck } from "@/components/layout/next-check";
import { PLACES } from "@/components/layout/places";
import { overviewQuery } from "@/lib/browser/overview-query";

type Place = (typeof PLACES)[number]["places"][number];

function FailingBadge() {
  const t = useTranslations("shell");
  const format = useFormatter();
  const { data } = useQuery(overviewQuery);
  const failing = data?.counts.failing ?? 0;
  if (failing === 0) return null;
  return (
    <span className="ml-auto rounded-sm bg-fail-soft px-1.5 font-medium text-2xs text-fail tabular-nums">
      <span aria-hidden>{format.number(failing, { notation: failing > 9_999 ? "compact" : "standard" })}</span>
      <span className="sr-only">{t("failingCount", { count: failing })}</span>
    </span>
  );
}

function PlaceLink({ place, onGo }: { place: Place; onGo: (() => void) | undefined }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const here = place.href === "/" ? pathname === "/" : pathname === place.href || pathname.startsWith(`${place.href}/`);
  const Icon = place.icon;
  return (
    <li>
      <Link
        href={place.href}
        onClick={onGo}
        aria-current={here ? "page" : undefined}
        className={clsx(
          "flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm transition-colors",
          here ? "bg-pressed font-medium text-ink" : "text-ink-soft hover:bg-hover hover:text-ink",
        )}
      >
        <Icon className={clsx("size-4 shrink-0", here ? "text-ink" : "text-ink-faint")} aria-hidden />
        {t(place.key)}
        {place.key === "health" && <FailingBadge />}
      </Link>
    </li>
  );
}

/** The left navigation; `onGo` lets the narrow layout close its sheet, `onSearch` opens the palette. */
export function SideNavigation({ onSearch, onGo }: { onSearch: () => void; onGo?: () => void }) {
  const t = useTranslations("shell");
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <div className="flex items-center gap-2 px-2 pt-1 font-semibold text-base tracking-tight">
        <LogoMark className="size-5 text-accent" />
        {t("appName")}
      </div>
      <ConnectionName onGo={onGo} />
      <CommandButton onOpen={onSearch} />
      <nav aria-label={t("navigation")} className="-mx-1 flex flex-1 flex-col gap-3.5 overflow-y-auto px-1 pb-2">
        {PLACES.map(({ group, places }, index) => (
          <div key={group}>
            {/* The first group needs no name: it is what one came for */}
            {index > 0 && <p className="mb-1 px-2 text-ink-faint text-xs">{t(`groups.${group}`)}</p>}
            <ul aria-label={t(`groups.${group}`)} className="flex flex-col gap-px">
              {places.map((place) => (
                <PlaceLink key={place.key} place={place} onGo={onGo} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <NextCheck />
      <div className="-mx-3 -mb-3 border-line border-t p-2">
        <AccountMenuButton />
      </div>
    </div>
  );
}
