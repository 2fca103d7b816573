"use client";

import { useQuery } from "@tanstack/react-query";
import { Power } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useConnectionAction } from "@/components/connection/use-connection-action";
import { Banner } from "@/components/ui/banner";
import { Button, buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { ProgressLine } from "@/components/ui/progress-line";
import { apiSend } from "@/lib/browser/api-client";
import { overviewQuery } from "@/lib/browser/overview-query";
import type { ConnectionView } from "@/lib/contracts/connection";
import { StepFrame, type StepProps } from "./step-frame";

/** The last word: what was chosen, *Turn on*, and the first check running. */
export function TurnOnStep({ connection, ...step }: StepProps & { connection: ConnectionView }) {
  return (
    <StepFrame {...step}>
      {connection.turnedOnAt === null || connection.status === "setup" ? (
        <TurnOn connection={connection} mayEdit={step.mayEdit} />
      ) : (
        <IsOn connection={connection} />
      )}
    </StepFrame>
  );
}

function TurnOn({ connection, mayEdit }: { connection: ConnectionView; mayEdit: boolean }) {
  const t = useTranslations("setup.turnOn");
  const turnOn = useConnectionAction(async () => {
    // Id fields that were agreed to are there already: nothing is made here.
    await apiSend("POST", "/api/connection/prepare", { createIdFields: false });
    // The first check need not wait for the schedule; one that runs already is fine.
    await apiSend("POST", "/api/check").catch(() => undefined);
  }, t("done"));
  return (
    <Card aria-labelledby="chosen-title">
      <CardHeader id="chosen-title" title={t("chosen")} />
      <CardBody className="py-1">
        <Chosen connection={connection} />
      </CardBody>
      {mayEdit && (
        <CardFooter>
          <Button
            variant="primary"
            icon={<Power aria-hidden />}
            busy={turnOn.isPending}
            onClick={() => turnOn.mutate(undefined)}
          >
            {t("turnOn")}
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}

function Chosen({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("setup.turnOn");
  const objects = useTranslations("connection.objects");
  const { settings, hubspot, salesforce } = connection;
  const on = [
    ...(settings.contactSyncOn ? (["contact"] as const) : []),
    ...(settings.company.on ? (["company"] as const) : []),
    ...(settings.deal.on ? (["deal"] as const) : []),
    ...(settings.activities.task || settings.salesforceActivities.task ? (["task"] as const) : []),
  ];
  const list = settings.inclusionLists.contact;
  const complete = hubspot.missingIdFields.length + salesforce.missingIdFields.length === 0;
  const items = [
    {
      key: "objects",
      label: t("objects"),
      value: on.map((name) => objects(`${name}.hubspot`)).join(t("comma")) || "–",
    },
    { key: "creation", label: t("creation"), value: t(`creates.${settings.hubspotToSalesforce}`) },
    { key: "inclusion", label: t("inclusion"), value: list === null ? t("everybody") : list.name },
    { key: "idFields", label: t("idFields"), value: t(complete ? "idFieldsThere" : "idFieldsMissing") },
    { key: "interval", label: t("interval"), value: t("minutes", { minutes: settings.checkEveryMinutes }) },
  ];
  return <KeyValueList items={items} />;
}

function IsOn({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("setup.turnOn");
  const { data: overview } = useQuery(overviewQuery);
  // Noted at the end of a check: until then the first one is to come or under way.
  const running = overview?.lastCheckAt === null;
  const synced = overview?.counts.in_sync ?? 0;
  if (connection.status === "suspended") {
    return (
      <Banner
        tone="warn"
        title={t("paused")}
        actions={
          <Link href="/connection" className={buttonClass("secondary")}>
            {t("openConnection")}
          </Link>
        }
      >
        {t("pausedWhat")}
      </Banner>
    );
  }
  return (
    <Card>
      <CardBody className="flex flex-col gap-4 py-6">
        <div aria-live="polite">
          <h3 className="font-semibold text-base">{t(running ? "running" : "allSet")}</h3>
          <p className="text-ink-soft text-sm tabular-nums">
            {t(running ? "runningWhat" : "allSetWhat", { count: synced })}
          </p>
        </div>
        {running && <ProgressLine label={t("running")} />}
        <Chosen connection={connection} />
        <div className="flex flex-wrap gap-2">
          <Link href="/" className={buttonClass("primary")}>
            {t("overview")}
          </Link>
          <Link href="/contacts" className={buttonClass("secondary")}>
            {t("contacts")}
          </Link>
        </div>
      </CardBody>
    </Card>
  );
}
