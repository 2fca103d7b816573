"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useUnsavedGuard } from "@/lib/browser/use-unsaved-guard";
import { connectionQuery } from "./connection-queries";
import { CreationRows } from "./creation-rows";
import { DefaultsEditor } from "./defaults-editor";
import { SaveBar } from "./save-bar";
import {
  applyDraft,
  changeDefault,
  changeScalar,
  EMPTY_DRAFT,
  isDirty,
  rebaseDraft,
  type Settings,
  toPatch,
} from "./settings-draft";
import { useConnectionAction } from "./use-connection-action";

// The select brings its positioning code along, which nothing above the fold needs
const RhythmRows = dynamic(() => import("./rhythm-rows").then((file) => file.RhythmRows), {
  loading: () => <Skeleton className="my-3 h-24 w-full" />,
});

/** What is created, with which defaults, and how often is checked. Saved together; one's changes survive another person's save. */
export function SettingsForm({ settings, mayEdit }: { settings: Settings; mayEdit: boolean }) {
  const t = useTranslations("connection.settings");
  const ui = useTranslations("ui");
  const client = useQueryClient();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const save = useConnectionAction(async () => {
    await apiSend("PATCH", "/api/connection/settings", toPatch(settings, draft));
    setDraft(EMPTY_DRAFT);
  }, t("saved"));
  const dirty = isDirty(draft);
  useUnsavedGuard(dirty, ui("leaveUnsaved"));
  const shown = applyDraft(settings, draft);
  const conflict = save.error instanceof ApiProblem && save.error.code === "changed_meanwhile";
  const loadNewer = async () => {
    const newer = await client.fetchQuery({ ...connectionQuery, staleTime: 0 });
    setDraft((mine) => rebaseDraft(mine, newer.settings));
    save.reset();
  };
  const discard = () => {
    setDraft(EMPTY_DRAFT);
    save.reset();
  };
  return (
    <form
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <fieldset disabled={!mayEdit} className="contents">
        <Card aria-labelledby="creation-title">
          <CardHeader id="creation-title" title={t("creation")} note={t("creationNote")} />
          <CreationRows
            settings={shown}
            disabled={!mayEdit}
            onChange={(key, value) => setDraft((mine) => changeScalar(mine, settings, key, value))}
          />
        </Card>
        <DefaultsEditor
          settings={shown}
          onChange={(type, field, value) => setDraft((mine) => changeDefault(mine, settings, type, field, value))}
        />
        <Card aria-labelledby="rhythm-title">
          <CardHeader id="rhythm-title" title={t("rhythm")} />
          <CardBody className="py-1">
            <RhythmRows
              settings={shown}
              disabled={!mayEdit}
              onChange={(key, value) => setDraft((mine) => changeScalar(mine, settings, key, value))}
            />
          </CardBody>
        </Card>
      </fieldset>
      {dirty && (
        <SaveBar busy={save.isPending} conflict={conflict} onDiscard={discard} onLoadNewer={() => void loadNewer()} />
      )}
    </form>
  );
}
