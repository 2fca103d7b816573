"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { SettingsFields, SettingsSkeleton } from "@/components/settings-form/settings-frame";
import { type SettingsForm, useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import { budgetQuery } from "@/lib/browser/budget-query";
import { AllocationCard } from "./allocation-card";
import { SectionHead } from "./section-head";
import { UsageCard } from "./usage-card";

// The select brings its positioning code along
const RhythmRows = dynamic(() => import("./rhythm-rows").then((file) => file.RhythmRows).catch(missingPart), {
  loading: () => <Skeleton className="my-3 h-[232px] w-full sm:h-[113px]" />,
});

/** How often both systems are asked, what wakes a sync in between, and how many calls of the org it may use. */
export function SyncPage() {
  const t = useTranslations("settings.sync");
  const form = useSettingsForm();
  const { isFetched } = useQuery(budgetQuery);
  // The sentences beside the allocation, and all that stands below, are as long as the org's numbers make them.
  const isWhole = isFetched && (form.shown || form.connection.error);
  return (
    <section aria-label={t("title")}>
      <SectionHead title={t("title")} note={form.isReadOnly ? t("readOnly") : t("note")} />
      {isWhole ? (
        <Parts form={form} />
      ) : (
        <Card>
          <SettingsSkeleton />
        </Card>
      )}
    </section>
  );
}

function Parts({ form }: { form: SettingsForm }) {
  const t = useTranslations("settings.sync");
  return (
    <>
      <SettingsFields form={form}>
        {(settings) => (
          <>
            <Card aria-labelledby="rhythm-title">
              <CardHeader id="rhythm-title" title={t("rhythm")} />
              <CardBody className="py-1">
                <RhythmRows settings={settings} disabled={!form.mayEdit} onChange={form.change} />
              </CardBody>
            </Card>
            <AllocationCard form={form} />
          </>
        )}
      </SettingsFields>
      <UsageCard />
    </>
  );
}
