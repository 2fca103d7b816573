"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import { connectionQuery } from "@/lib/browser/connection-query";
import { meQuery } from "@/lib/browser/me-query";
import type { ConnectionView } from "@/lib/contracts/connection";
import { BridgeMiddle } from "./bridge-middle";
import { CallbackProblem } from "./callback-problem";
import { IdFieldsCard } from "./id-fields-card";
import { SettingsForm } from "./settings-form";
import { SideCard } from "./side-card";

function Sides({ connection, mayEdit }: { connection: ConnectionView; mayEdit: boolean }) {
  return (
    <div className="grid items-stretch gap-3 lg:grid-cols-[minmax(0,1fr)_152px_minmax(0,1fr)] lg:gap-0">
      <SideCard side="hubspot" connection={connection} mayEdit={mayEdit} />
      <BridgeMiddle connection={connection} mayEdit={mayEdit} />
      <SideCard side="salesforce" connection={connection} mayEdit={mayEdit} />
    </div>
  );
}

function ConnectionSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_152px_minmax(0,1fr)] lg:gap-0">
      <Card className="flex h-60 flex-col gap-3 p-4">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-6 w-48" />
      </Card>
      <div />
      <Card className="flex h-60 flex-col gap-3 p-4">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-6 w-48" />
      </Card>
    </div>
  );
}

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
        {data && <Sides connection={data} mayEdit={mayEdit} />}
        {data && bothConnected && <IdFieldsCard connection={data} mayEdit={mayEdit} />}
        {data && <SettingsForm />}
        {!data && !error && <ConnectionSkeleton />}
        {!data && error && (
          <Card>
            <ProblemState error={error} onRetry={() => void refetch()} />
          </Card>
        )}
      </div>
    </PageBody>
  );
}
