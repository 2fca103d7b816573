"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { SettingsFields } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import { AllocationCard } from "./allocation-card";
import { SectionHead } from "./section-head";
import { UsageCard } from "./usage-card";

// The select brings its positioning code along
const RhythmRows = dynamic(() => import("./rhythm-rows").then((file) => file.RhythmRows).catch(missingPart), {
  loading: () => <Skeleton className="my-3 h-24 w-full" />,
});

/** How often both systems are asked, what wakes a sync in between, and how many calls of the org it may use. */
export function SyncPage() {
  const t = useTranslations("settings.sync");
  const form = useSettingsForm();
  return (
    <section aria-label={t("title")}>
      <SectionHead title={t("title")} note={form.isReadOnly ? t("readOnly") : t("note")} />
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
    </section>
  );
}
