"use client";

import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { CrmTag } from "@/components/ui/crm-tag";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ConnectionView } from "@/lib/contracts/connection";

type PutAside = ConnectionView["putAside"][number];

/** Accounts that were connected before those of now; not there while there are none. */
export function PutAsideCard({ putAside }: { putAside: readonly PutAside[] }) {
  const t = useTranslations("connection.putAside");
  if (putAside.length === 0) return null;
  return (
    <Card aria-labelledby="put-aside-title">
      <CardHeader id="put-aside-title" title={t("title")} note={t("note")} />
      <ul className="divide-y divide-line">
        {putAside.map((one) => (
          <li
            key={`${one.hubspot?.id} ${one.salesforce?.id}`}
            className="grid gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-center"
          >
            <Account side="hubspot" account={one.hubspot} />
            <Account side="salesforce" account={one.salesforce} />
            <span className="text-ink-faint text-xs">
              {t.rich("since", { time: () => <RelativeTime at={one.at} /> })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Account({ side, account }: { side: "hubspot" | "salesforce"; account: PutAside["hubspot"] }) {
  const shell = useTranslations("shell");
  return (
    <span className="flex min-w-0 items-center gap-2">
      <CrmTag letter={side === "hubspot" ? "H" : "S"} name={shell(side)} />
      <span className="truncate">{account?.name ?? shell("notConnected")}</span>
      {account && account.name !== account.id && (
        <span className="flex items-center font-mono text-2xs text-ink-faint max-sm:hidden">
          {account.id} <CopyButton value={account.id} what={account.id} />
        </span>
      )}
    </span>
  );
}
