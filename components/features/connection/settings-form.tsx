"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { CreationRows } from "@/components/connection/creation-rows";
import { DefaultsEditor } from "@/components/connection/defaults-editor";
import { SettingsFields } from "@/components/settings-form/settings-frame";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

// The select brings its positioning code along, which nothing above the fold needs
const RhythmRows = dynamic(() => import("./rhythm-rows").then((file) => file.RhythmRows), {
  loading: () => <Skeleton className="my-3 h-24 w-full" />,
});

/** What is created, with which defaults, and how often is checked. */
export function SettingsForm() {
  const t = useTranslations("connection.settings");
  const form = useSettingsForm();
  const disabled = !form.mayEdit;
  return (
    <SettingsFields form={form}>
      {(settings) => (
        <>
          <Card aria-labelledby="creation-title">
            <CardHeader id="creation-title" title={t("creation")} note={t("creationNote")} />
            <CreationRows settings={settings} disabled={disabled} onChange={form.change} />
          </Card>
          <DefaultsEditor
            settings={settings}
            onChange={(type, field, value) =>
              form.changeIn("defaults", type, withValue(settings.defaults[type], field, value))
            }
          />
          <Card aria-labelledby="rhythm-title">
            <CardHeader id="rhythm-title" title={t("rhythm")} />
            <CardBody className="py-1">
              <RhythmRows settings={settings} disabled={disabled} onChange={form.change} />
            </CardBody>
          </Card>
        </>
      )}
    </SettingsFields>
  );
}

/** The defaults of one record type after typing; an empty text means no default. */
function withValue(defaults: Record<string, string> | undefined, field: string, value: string): Record<string, string> {
  const { [field]: _, ...rest } = defaults ?? {};
  return value.trim() === "" ? rest : { ...rest, [field]: value };
}
