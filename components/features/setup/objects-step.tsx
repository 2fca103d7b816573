"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MissingList } from "@/components/connection/missing-list";
import { ObjectRows } from "@/components/connection/object-rows";
import { permissionsQuery } from "@/components/connection/permissions-query";
import { useSettingsForm } from "@/components/settings-form/use-settings-form";
import { Card, CardHeader } from "@/components/ui/card";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { MissingRight } from "@/lib/contracts/permissions";
import { SettingsStep } from "./settings-step";
import type { StepProps } from "./step-frame";

/** What syncs at all. Objects that are newly on are read from both systems, and what they lack is told here. */
export function ObjectsStep({ connection, ...step }: StepProps & { connection: ConnectionView }) {
  const t = useTranslations("setup.objects");
  const form = useSettingsForm();
  const client = useQueryClient();
  const words = useProblemWords();
  const [lacking, setLacking] = useState<MissingRight[]>([]);
  const prepare = useMutation({
    // Fields are made for further objects only where that was agreed to for the first.
    mutationFn: () => {
      const agreed = connection.hubspot.missingIdFields.length + connection.salesforce.missingIdFields.length === 0;
      return apiSend("POST", "/api/connection/prepare", { createIdFields: agreed, turnOn: false });
    },
    onError: (error) => {
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries(),
  });
  const readObjects = async (): Promise<boolean> => {
    if (!step.mayEdit) return true;
    const prepared = await prepare.mutateAsync().then(
      () => true,
      () => false,
    );
    const found = await client.fetchQuery({ ...permissionsQuery, staleTime: 0 }).catch(() => null);
    const missing = (found?.missing ?? []).filter((one) => one.right !== "id_field");
    // Told once; whoever presses on again has seen it.
    const isNew = missing.length > lacking.length;
    setLacking(missing);
    return prepared && !isNew;
  };
  const changed = form.dirty || lacking.length > 0;
  return (
    <SettingsStep {...step} form={form} busy={prepare.isPending} {...(changed ? { afterSave: readObjects } : {})}>
      {(settings) => (
        <>
          <Card>
            <ObjectRows form={form} settings={settings} />
          </Card>
          {lacking.length > 0 && (
            <Card aria-labelledby="lacking-title">
              <CardHeader id="lacking-title" title={t("lacking")} note={t("lackingNote")} />
              <MissingList missing={lacking} />
            </Card>
          )}
        </>
      )}
    </SettingsStep>
  );
}
