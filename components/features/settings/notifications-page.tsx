"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SettingRow } from "@/components/ui/setting-row";
import { Switch } from "@/components/ui/switch";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { Notifications, NotificationsPatch } from "@/lib/contracts/notifications";
import { RowsSkeleton } from "./rows-skeleton";
import { SectionHead } from "./section-head";
import { SettingsProblem } from "./settings-problem";
import { notificationsQuery } from "./settings-queries";

const DIGESTS = ["off", "daily", "weekly"] as const;

/** What one is told by e-mail. Each choice is saved at once. */
export function NotificationsPage() {
  const t = useTranslations("settings.notifications");
  const { data, error, refetch } = useQuery(notificationsQuery);
  if (!data && error) return <SettingsProblem error={error} onRetry={() => void refetch()} />;
  return (
    <section aria-label={t("title")} className="flex flex-col gap-4">
      <div>
        <SectionHead title={t("title")} note={data ? t("note", { email: data.email }) : " "} />
        {data ? <Choices chosen={data} /> : <RowsSkeleton rows={3} />}
      </div>
      {data && !data.mailReady && (
        <Banner tone="mute" title={t("notSetTitle")}>
          {t("notSet")}
        </Banner>
      )}
      {data?.problem && (
        <Banner tone="warn" title={t("problemTitle")}>
          {t("problem", { problem: data.problem })}
        </Banner>
      )}
    </section>
  );
}

/** The choice stands as pressed before the server has it; a refusal puts it back and says so. */
function useChoice() {
  const client = useQueryClient();
  const words = useProblemWords();
  const { queryKey } = notificationsQuery;
  return useMutation({
    mutationFn: (patch: NotificationsPatch) => apiSend("PATCH", "/api/notifications", patch),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before) client.setQueryData(queryKey, { ...before, ...patch });
      return before;
    },
    onError: (error, _patch, before) => {
      if (before) client.setQueryData(queryKey, before);
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

function Choices({ chosen }: { chosen: Notifications }) {
  const t = useTranslations("settings.notifications");
  const choose = useChoice();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = chosen.digest === "off" ? here : chosen.timeZone;
  return (
    <Card>
      <CardBody className="py-1">
        <SettingRow label={t("instant")} hint={t("instantHint")}>
          <Switch label={t("instant")} checked={chosen.instant} onChange={(instant) => choose.mutate({ instant })} />
        </SettingRow>
        <SettingRow
          label={t("digest")}
          hint={
            <>
              <span suppressHydrationWarning>{t("digestHint", { zone })}</span>
              {zone !== here && (
                <Button size="sm" className="ml-2" onClick={() => choose.mutate({ timeZone: here })}>
                  {t("useZone", { zone: here })}
                </Button>
              )}
            </>
          }
        >
          <SegmentedControl
            label={t("digest")}
            value={chosen.digest}
            onChange={(digest) => choose.mutate({ digest, timeZone: zone })}
            segments={DIGESTS.map((value) => ({ value, label: t(`digests.${value}`) }))}
          />
        </SettingRow>
        {chosen.mailReady && <TestRow chosen={chosen} />}
      </CardBody>
    </Card>
  );
}

function TestRow({ chosen }: { chosen: Notifications }) {
  const t = useTranslations("settings.notifications");
  const words = useProblemWords();
  const test = useMutation({
    mutationFn: () => apiSend("POST", "/api/notifications/test"),
    onSuccess: () => showToast({ tone: "ok", title: t("sent", { email: chosen.email }) }),
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
  });
  return (
    <SettingRow label={t("test")} hint={t("testHint", { sender: chosen.sender ?? "–" })}>
      <Button busy={test.isPending} onClick={() => test.mutate()}>
        {t("test")}
      </Button>
    </SettingRow>
  );
}
