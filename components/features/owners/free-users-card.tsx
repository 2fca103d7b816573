"use client";

import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import type { OwnersView } from "@/lib/contracts/owners";
import { listFreeUsers, type OwnerRow } from "./owner-rows";

/** Enough names to know whether somebody was forgotten. */
const SHOWN = 50;

/** The other way: Salesforce users for whom no HubSpot owner stands. */
export function FreeUsersCard({ owners, rows }: { owners: OwnersView; rows: OwnerRow[] }) {
  const t = useTranslations("owners.free");
  const users = listFreeUsers(owners, rows);
  if (users.length === 0) return null;
  return (
    <Card>
      <CardHeader title={t("title", { count: users.length })} note={t("note")} />
      <ul className="grid gap-x-6 px-4 py-2 text-sm sm:grid-cols-2 lg:grid-cols-3">
        {users.slice(0, SHOWN).map((user) => (
          <li key={user.id} className="min-w-0 py-1">
            <span className="block truncate">{user.name || user.email}</span>
            <span className="block truncate text-ink-faint text-xs">{user.email}</span>
          </li>
        ))}
      </ul>
      {users.length > SHOWN && (
        <p className="px-4 pb-3 text-ink-faint text-xs">{t("more", { count: users.length - SHOWN })}</p>
      )}
    </Card>
  );
}
