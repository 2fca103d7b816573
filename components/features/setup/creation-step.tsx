"use client";

import { CreationRows } from "@/components/connection/creation-rows";
import { DefaultsEditor } from "@/components/connection/defaults-editor";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card } from "@/components/ui/card";
import { SettingsStep } from "./settings-step";
import type { StepProps } from "./step-frame";

/** C1, C2: what is created where there is no partner, and what fills required fields. */
export function CreationStep(step: StepProps) {
  const form = useSettingsForm();
  return (
    <SettingsStep {...step} form={form}>
      {(settings) => (
        <>
          <Card>
            <CreationRows form={form} settings={settings} />
          </Card>
          <DefaultsEditor form={form} settings={settings} />
        </>
      )}
    </SettingsStep>
  );
}
