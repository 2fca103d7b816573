"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApiKeyView } from "@/lib/contracts/api-keys";

type ApiKeyRowProps = { apiKey: ApiKeyView; onRevoke: (key: ApiKeyView) => void };

/** One key: its name and role, the letters it begins with, who made it, when it was last used. */
export function ApiKeyRow({ apiKey, onRevoke }: ApiKeyRowProps) {
  const t = useTranslations("settings.keys");
  const roles = useTranslations("settings.roles");
  const { name, role, prefix, createdBy, createdAt, lastUsedAt, revokedAt, revokedBy } = apiKey;
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className={clsx("min-w-0 truncate font-medium", revokedAt && "text-ink-soft")}>{name}</span>
          <Badge>{roles(`${role}.name`)}</Badge>
          <code className="font-mono text-ink-faint text-xs">{prefix}…</code>
        </p>
        <p className="truncate text-ink-soft text-xs">
          {revokedAt
            ? t.rich("revoked", { by: revokedBy ?? "–", when: () => <RelativeTime at={revokedAt} /> })
            : t.rich("made", { by: createdBy, when: () => <RelativeTime at={createdAt} /> })}
        </p>
      </div>
      <p className="text-ink-faint text-xs">
        {lastUsedAt ? (
          <>
            {t("lastUsed")} <RelativeTime at={lastUsedAt} />
          </>
        ) : (
          t("neverUsed")
        )}
      </p>
      {!revokedAt && (
        <Button size="sm" variant="danger" aria-label={t("revokeFor", { name })} onClick={() => onRevoke(apiKey)}>
          {t("revoke")}
        </Button>
      )}
    </li>
  );
}
