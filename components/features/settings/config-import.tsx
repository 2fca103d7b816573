"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CardBody, CardFooter } from "@/components/ui/card";
import { ProgressLine } from "@/components/ui/progress-line";
import { showToast } from "@/components/ui/toast";
import { ApiProblem, apiSend } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import { type ConfigFile, configImportedSchema, configPreviewSchema } from "@/lib/contracts/config-file";
import { ConfigDiff } from "./config-diff";
import { ConfigFaults } from "./config-faults";
import { type FileFault, readConfig } from "./read-config";

type Chosen = { name: string; faults: FileFault[] } | { name: string; faults: null; file: ConfigFile; text: string };
/** The server takes no more. */
const MOST_BYTES = 1_048_576;

/** Choose a file, see what it would change, import just that. Nothing is sent before the file reads well. */
export function ConfigImport() {
  const t = useTranslations("settings.config");
  const client = useQueryClient();
  const words = useProblemWords();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const compare = useMutation({
    mutationFn: (file: ConfigFile) => apiSend("POST", "/api/config/diff", file, configPreviewSchema),
  });
  const apply = useMutation({
    mutationFn: (file: ConfigFile) =>
      apiSend("POST", "/api/config", { file, basis: compare.data?.basis }, configImportedSchema),
    onSuccess: ({ applied, failed }) => {
      if (failed.length === 0) showToast({ tone: "ok", title: t("applied", { count: applied }) });
      else showToast({ tone: "fail", title: t("appliedInPart"), detail: failed.join(" · ") });
      putAway();
    },
    onError: (error, file) => {
      if (error instanceof ApiProblem && error.code === "changed_meanwhile") {
        showToast({ tone: "info", title: t("changedMeanwhile") });
        compare.mutate(file);
        return;
      }
      const { title, what } = words(error);
      showToast({ tone: "fail", title, detail: what });
    },
    onSettled: () => client.invalidateQueries(),
  });
  const putAway = () => {
    setChosen(null);
    compare.reset();
    if (input.current) input.current.value = "";
  };
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (!file) return;
    compare.reset();
    if (file.size > MOST_BYTES) {
      setChosen({ name: file.name, faults: [{ line: 1, path: "", message: "too_long" }] });
      return;
    }
    const read = readConfig(await file.text());
    if (!read.ok) return setChosen({ name: file.name, faults: read.faults });
    setChosen({ name: file.name, faults: null, file: read.file, text: read.text });
    compare.mutate(read.file);
  };
  const file = chosen && chosen.faults === null ? chosen.file : null;
  const mayApply = file && compare.data && compare.data.problems.length === 0 && compare.data.changes.length > 0;
  return (
    <>
      <CardBody className="flex flex-wrap items-center gap-3">
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={t("choose")}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => void take(event)}
        />
        <Button icon={<FileUp aria-hidden />} onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        <span className="min-w-0 break-all text-ink-soft text-sm">{chosen?.name ?? t("noFile")}</span>
      </CardBody>
      {compare.isPending && <ProgressLine label={t("comparing")} className="mx-4 mb-4" />}
      {chosen?.faults && <ConfigFaults faults={chosen.faults} />}
      {compare.error && <CompareProblem error={compare.error} />}
      {chosen && chosen.faults === null && compare.data && <ConfigDiff preview={compare.data} text={chosen.text} />}
      {chosen && (
        <CardFooter>
          <Button variant="ghost" onClick={putAway}>
            {t("putAway")}
          </Button>
          {mayApply && (
            <Button variant="primary" busy={apply.isPending} onClick={() => apply.mutate(file)}>
              {t("apply", { count: compare.data?.changes.length ?? 0 })}
            </Button>
          )}
        </CardFooter>
      )}
    </>
  );
}

function CompareProblem({ error }: { error: Error }) {
  const words = useProblemWords();
  const { title, what } = words(error);
  return (
    <div className="px-4 pb-4">
      <Banner tone="fail" title={title}>
        {what}
      </Banner>
    </div>
  );
}
