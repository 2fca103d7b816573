"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Settings } from "@/lib/browser/settings-draft";
import { SaveBar } from "./save-bar";
import type { SettingsForm } from "./use-settings-form";

type SettingsFrameProps = {
  form: SettingsForm;
  title: string;
  /** What these settings decide; read-only people are told so instead */
  description: string;
  actions?: ReactNode;
  /** Beside settings the page holds what other roles may do: its controls say themselves who may change them */
  isMixed?: boolean;
  children: (settings: Settings) => ReactNode;
};

/** A page of settings: head, what is chosen, and the bar to save it. Designed loading and failure included. */
export function SettingsFrame({ form, title, description, actions, isMixed = false, children }: SettingsFrameProps) {
  const t = useTranslations("settings-form");
  return (
    <PageBody>
      <PageHeader title={title} description={form.isReadOnly ? t("readOnly") : description} actions={actions} />
      <SettingsFields form={form} isMixed={isMixed}>
        {children}
      </SettingsFields>
    </PageBody>
  );
}

/** The same without the page around it, for a tab or a step. */
export function SettingsFields({
  form,
  isMixed = false,
  children,
}: Pick<SettingsFrameProps, "form" | "isMixed" | "children">) {
  const { connection, shown } = form;
  if (!shown) {
    return (
      <Card>
        {connection.error ? (
          <ProblemState error={connection.error} onRetry={() => void connection.refetch()} />
        ) : (
          <SettingsSkeleton />
        )}
      </Card>
    );
  }
  return (
    <form noValidate className="flex flex-col gap-6" onSubmit={form.submit}>
      <fieldset disabled={!form.mayEdit && !isMixed} className="contents">
        {children(shown)}
      </fieldset>
      {form.dirty && (
        <SaveBar
          busy={form.busy}
          conflict={form.conflict}
          onDiscard={form.discard}
          onLoadNewer={() => void form.loadNewer()}
        />
      )}
    </form>
  );
}

/** What stands in a card until the settings are known. */
export function SettingsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-4">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-full" />
    </div>
  );
}
