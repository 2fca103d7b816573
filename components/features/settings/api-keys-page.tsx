"use client";

import { useQuery } from "@tanstack/react-query";
import { FileJson, KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { missingOverlay } from "@/components/ui/missing-part";
import { meQuery } from "@/lib/browser/me-query";
import type { ApiKeyView } from "@/lib/contracts/api-keys";
import { ApiKeyRow } from "./api-key-row";
import { RowsSkeleton } from "./rows-skeleton";
import { SectionHead } from "./section-head";
import { SettingsProblem } from "./settings-problem";
import { apiKeysQuery } from "./settings-queries";

const KeyDialog = dynamic(() => import("./key-dialog").then((file) => file.KeyDialog).catch(missingOverlay));
const RevokeDialog = dynamic(() => import("./revoke-dialog").then((file) => file.RevokeDialog).catch(missingOverlay));

/** Keys for scripts: made, looked at, revoked. */
export function ApiKeysPage() {
  const t = useTranslations("settings.keys");
  const { data, error, refetch } = useQuery(apiKeysQuery);
  const { data: me } = useQuery(meQuery);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<ApiKeyView | null>(null);
  if (!data && error) return <SettingsProblem error={error} onRetry={() => void refetch()} />;
  const usable = data?.keys.filter((key) => key.revokedAt === null) ?? [];
  const revoked = data?.keys.filter((key) => key.revokedAt !== null) ?? [];
  const make = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
      {t("make")}
    </Button>
  );
  return (
    <div className="flex flex-col gap-8">
      <section aria-label={t("title")}>
        <SectionHead
          title={t("title")}
          note={t("note")}
          actions={
            <>
              <a href="/api/openapi.json" target="_blank" rel="noreferrer" className={buttonClass("ghost")}>
                <FileJson aria-hidden />
                {t("document")}
              </a>
              {usable.length > 0 && make}
            </>
          }
        />
        {!data && <RowsSkeleton rows={2} />}
        {data && usable.length === 0 && (
          <Card>
            <EmptyState icon={KeyRound} title={t("noneTitle")} action={make}>
              {t("none")}
            </EmptyState>
          </Card>
        )}
        {usable.length > 0 && (
          <Card>
            <ul>
              {usable.map((key) => (
                <ApiKeyRow key={key.id} apiKey={key} onRevoke={setEnding} />
              ))}
            </ul>
          </Card>
        )}
        {data?.inSettings && <p className="mt-3 text-ink-faint text-xs">{t("inSettings")}</p>}
      </section>
      {revoked.length > 0 && (
        <section aria-label={t("revokedTitle")}>
          <SectionHead title={t("revokedTitle")} />
          <Card>
            <ul>
              {revoked.map((key) => (
                <ApiKeyRow key={key.id} apiKey={key} onRevoke={setEnding} />
              ))}
            </ul>
          </Card>
        </section>
      )}
      {making && <KeyDialog mayOwn={me?.permissions.includes("own") === true} onClose={() => setMaking(false)} />}
      {ending && <RevokeDialog apiKey={ending} onClose={() => setEnding(null)} />}
    </div>
  );
}
