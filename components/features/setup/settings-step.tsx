"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { SaveBar } from "@/components/settings-form/save-bar";
import type { SettingsForm } from "@/components/settings-form/use-settings-form";
import { Card } from "@/components/ui/card";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Settings } from "@/lib/browser/settings-draft";
import { StepFrame, type StepProps } from "./step-frame";

type SettingsStepProps = StepProps & {
  form: SettingsForm;
  children: (settings: Settings) => ReactNode;
  /** After the settings are saved; answers whether to go on */
  afterSave?: () => Promise<boolean>;
  busy?: boolean;
  /** Why one cannot go on yet */
  blocked?: string;
};

/** A step that edits settings: going on saves them first, and stays where that fails. */
export function SettingsStep({ form, children, afterSave, busy = false, blocked, ...step }: SettingsStepProps) {
  const t = useTranslations("setup");
  const { connection, shown, dirty, saveNow } = form;
  const { leave } = step;
  const save = async () => (await saveNow()) && (afterSave ? afterSave() : true);
  useEffect(() => {
    leave.current = dirty ? save : null;
    return () => {
      leave.current = null;
    };
  });
  return (
    <StepFrame
      {...step}
      {...(dirty ? { next: t("saveAndContinue") } : {})}
      busy={form.busy || busy}
      blocked={blocked}
      before={save}
    >
      {!shown && (
        <Card>
          {connection.error ? (
            <ProblemState error={connection.error} onRetry={() => void connection.refetch()} />
          ) : (
            <div aria-busy="true" className="p-4">
              <Skeleton className="h-32 w-full" />
            </div>
          )}
        </Card>
      )}
      {shown && (
        <fieldset disabled={!form.mayEdit} className="flex min-w-0 flex-col gap-5">
          {children(shown)}
        </fieldset>
      )}
      {form.conflict && (
        <SaveBar busy={form.busy} conflict onDiscard={form.discard} onLoadNewer={() => void form.loadNewer()} />
      )}
    </StepFrame>
  );
}
