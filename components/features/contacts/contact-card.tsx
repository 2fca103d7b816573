"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RecordRow } from "@/lib/contracts/records";
import { ContactName, ContactState, useStateReason } from "./contact-name";

/** Height of a card on narrow screens, px; fixed so that the list can be virtual. */
export const CARD_HEIGHT = 76;

/** The same row for narrow screens: name and state on top, address and time below. */
export const ContactCard = memo(function ContactCard({ row, active }: { row: RecordRow; active: boolean }) {
  const t = useTranslations("contacts");
  const reason = useStateReason(row);
  return (
    <Link
      href={`/contacts/${row.id}`}
      prefetch={false}
      className={clsx(
        "flex h-[76px] items-center gap-3 border-line border-b px-4 focus-visible:-outline-offset-2",
        active && "bg-hover",
      )}
    >
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-center justify-between gap-3 text-sm">
          <ContactName row={row} />
          <ContactState row={row} />
        </span>
        <span className="truncate text-ink-soft text-xs">{row.email ?? t("noEmail")}</span>
        <span className="truncate text-ink-faint text-xs">
          {reason ?? (row.lastSyncedAt === null ? t("never") : <RelativeTime at={row.lastSyncedAt} />)}
        </span>
      </span>
      <ChevronRight className="size-4 shrink-0 text-ink-faint" aria-hidden />
    </Link>
  );
});
