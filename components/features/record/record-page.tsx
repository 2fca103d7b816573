"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Banner } from "@/components/ui/banner";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ApiProblem } from "@/lib/browser/api-client";
import { meQuery } from "@/lib/browser/me-query";
import { recordPath } from "@/lib/browser/record-path";
import type { RecordDetail } from "@/lib/contracts/records";
import { asPageObject, BackLink, type PageObject, RecordHeader } from "./record-header";
import { isNotFound, recordKeys, recordQuery } from "./record-queries";
import { RecordSkeleton } from "./record-skeleton";
import { RelatedCard } from "./related-card";
import { SyncCard } from "./sync-card";
import { Timeline } from "./timeline";
import { useJoinedRecord } from "./use-joined-record";
import { useSyncNow } from "./use-sync-now";

const FRAME = "mx-auto w-full max-w-[1360px] px-4 py-5 sm:px-6";

/** One record of any object: header, the Salesforce sync card, the timeline, what it belongs to. `object`: whose page it is. */
export function RecordPage({ id, object = null }: { id: string; object?: PageObject }) {
  const t = useTranslations("record");
  const { data: record, error, isPending, refetch } = useQuery(recordQuery(id));
  const { data: me } = useQuery(meQuery);
  const sync = useSyncNow(id);
  useFollowTimeline(id, record && `${record.state} ${record.lastSyncedAt}`);
  const gone = isNotFound(error);
  const joining = useJoinedRecord(record, gone);
  const moving = useOwnPath(record, object);
  const leaving = joining || moving;
  if (isPending || leaving) return <RecordSkeleton className={FRAME} />;
  if (gone) return <RecordNotFound object={object} />;
  if (!record) {
    return (
      <div className={FRAME}>
        <BackLink object={object} />
        <ErrorState
          title={t("error.title")}
          requestId={error instanceof ApiProblem ? error.requestId : undefined}
          onRetry={() => void refetch()}
        >
          {t("error.text")}
        </ErrorState>
      </div>
    );
  }
  return (
    <div className={FRAME}>
      <RecordHeader
        record={record}
        busy={sync.isPending}
        maySync={me?.permissions.includes("sync") ?? false}
        onSync={() => sync.mutate()}
      />
      {error !== null && (
        <Banner
          tone="warn"
          title={t("error.title")}
          className="mb-4"
          actions={
            <Button size="sm" onClick={() => void refetch()}>
              {t("error.retry")}
            </Button>
          }
        />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(300px,1fr)]">
        <SyncCard record={record} busy={sync.isPending} />
        <div className="grid gap-4">
          <RelatedCard related={record.related} />
          <Timeline id={id} />
        </div>
      </div>
    </div>
  );
}

/** When a poll shows that the record has moved on, its timeline is read again. */
function useFollowTimeline(id: string, mark: string | undefined): void {
  const client = useQueryClient();
  const seen = useRef(mark);
  useEffect(() => {
    if (seen.current !== undefined && mark !== undefined && seen.current !== mark) {
      void client.invalidateQueries({ queryKey: recordKeys.timeline(id) });
    }
    seen.current = mark;
  }, [client, id, mark]);
}

/** Contacts, companies and deals have addresses of their own: another one that leads to them is put right. */
function useOwnPath(record: RecordDetail | undefined, object: PageObject): boolean {
  const router = useRouter();
  const path = record && asPageObject(record.object) !== object ? recordPath(record.object, record.id) : null;
  useEffect(() => {
    if (path !== null) router.replace(path);
  }, [path, router]);
  return path !== null;
}

/** A wrong id in the address, or a record that is gone. */
function RecordNotFound({ object }: { object: PageObject }) {
  const t = useTranslations("record.notFound");
  const action = (
    <Link href={object === null ? "/" : recordPath(object, "").slice(0, -1)} className={buttonClass("primary")}>
      {t("action", { object: object ?? "none" })}
    </Link>
  );
  return (
    <div className={`${FRAME} pt-24!`}>
      <h1 className="sr-only">{t("title")}</h1>
      <EmptyState icon={SearchX} title={t("title")} action={action}>
        {t("text")}
      </EmptyState>
    </div>
  );
}
