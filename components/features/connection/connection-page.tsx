"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CallbackProblem } from "@/components/connection/callback-problem";
import { IdFieldsCard } from "@/components/connection/id-fields-card";
import { PermissionReport } from "@/components/connection/permission-report";
import { Sides, SidesSkeleton } from "@/components/connection/sides";
import { SignInHint } from "@/components/connection/sign-in-hint";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ProblemState } from "@/components/ui/problem-state";
import { connectionQuery } from "@/lib/browser/connection-query";
import { meQuery } from "@/lib/browser/me-query";
import { EventsCard } from "./events-card";
import { PutAsideCard } from "./put-aside-card";
import { SettingsForm } from "./settings-form";

/** The two accounts with the bridge between them, the id fields, and what is created. `problem` comes from the sign-in round trip. */
export function ConnectionPage({ problem }: { problem: string | undefined }) {
  const t = useTranslations("connection");
  const { data, error, refetch } = useQuery(connectionQuery);
  const { data: me } = useQuery(meQuery);
  const mayEdit = me?.permissions.includes("configure") === true;
  const bothConnected = data?.hubspot.connected === true && data.salesforce.connected;
  return (
    <PageBody>
      <PageHeader title={t("title")} description={me && !mayEdit ? t("readOnly") : t("description")} />
      <div className="flex flex-col gap-6">
        <CallbackProblem problem={problem} />
        {data && !data.hubspot.connected && <SignInHint side="hubspot" />}
        {data && !data.salesforce.connected && <SignInHint side="salesforce" />}
        {data && <Sides connection={data} mayEdit={mayEdit} />}
        {data && data.turnedOnAt === null && <FinishSetup />}
        {data && <PutAsideCard putAside={data.putAside} />}
        {data && (data.hubspot.connected || data.salesforce.connected) && <PermissionReport />}
        {data && bothConnected && <IdFieldsCard connection={data} mayEdit={mayEdit} />}
        {data?.salesforce.connected && <EventsCard isOn={data.settings.salesforceEvents} />}
        {data && <SettingsForm />}
        {!data && !error && <SidesSkeleton />}
        {!data && error && (
          <Card>
            <ProblemState error={error} onRetry={() => void refetch()} />
          </Card>
        )}
      </div>
    </PageBody>
  );
}

function FinishSetup() {
  const t = useTranslations("connection.finish");
  return (
    <Banner
      tone="info"
      title={t("title")}
      actions={
        <Link href="/setup" className={buttonClass("primary")}>
          {t("continue")}
        </Link>
      }
    >
      {t("what")}
    </Banner>
  );
}
