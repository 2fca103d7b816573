"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { CreationRows } from "@/components/connection/creation-rows";
import { DefaultsEditor } from "@/components/connection/defaults-editor";
import { ObjectRows } from "@/components/connection/object-rows";
import { SettingsFields } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import { DeleteRows } from "./delete-rows";
import { SettingsBackfill } from "./settings-backfill";

// Comboboxes bring their positioning code along, which nothing above the fold needs
const LeadOrContactCard = dynamic(
  () => import("./lead-or-contact-card").then((file) => file.LeadOrContactCard).catch(missingPart),
  {
    loading: () => <Skeleton className="h-24 w-full" />,
  },
);

/** What syncs, what is created with which defaults, what a delete does, and when a run asks first. */
export function SettingsForm() {
  const t = useTranslations("connection");
  const form = useSettingsForm();
  return (
    <SettingsFields form={form}>
      {(settings) => (
        <>
          <SettingsBackfill form={form} />
          <Card aria-labelledby="objects-title">
            <CardHeader id="objects-title" title={t("objects.title")} note={t("objects.note")} />
            <ObjectRows form={form} settings={settings} />
          </Card>
          <Card aria-labelledby="creation-title">
            <CardHeader id="creation-title" title={t("settings.creation")} note={t("settings.creationNote")} />
            <CreationRows form={form} settings={settings} />
          </Card>
          <LeadOrContactCard form={form} settings={settings} />
          <DefaultsEditor form={form} settings={settings} />
          <Card aria-labelledby="deletes-title">
            <CardHeader id="deletes-title" title={t("deletes.title")} note={t("deletes.note")} />
            <DeleteRows form={form} settings={settings} />
          </Card>
        </>
      )}
    </SettingsFields>
  );
}
