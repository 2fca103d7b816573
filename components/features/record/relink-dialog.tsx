"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { showToast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { RecordDetail } from "@/lib/contracts/records";
import { relinkRecord } from "./record-queries";

type RelinkDialogProps = { record: RecordDetail; candidate: RecordDetail["candidates"][number]; onClose: () => void };

/** Asks before the link goes over to another Salesforce record: what ends, what stays, and that it is synced at once. */
export function RelinkDialog({ record, candidate, onClose }: RelinkDialogProps) {
  const t = useTranslations("record.candidates");
  const problems = useTranslations("problems.fields");
  const client = useQueryClient();
  const words = useProblemWords();
  const relink = useMutation({
    mutationFn: () => relinkRecord(record.id, candidate.id),
    onSuccess: () => showToast({ tone: "ok", title: t("relinked", { name: candidate.name }) }),
    onError: (error) => {
      const why = error instanceof ApiProblem ? error.fields[0]?.message : undefined;
      const { title, what } = words(error);
      const isNamed = why !== undefined && problems.has(why);
      showToast({ tone: "fail", title: isNamed ? t("refused") : title, detail: isNamed ? problems(why) : what });
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["records"] });
      onClose();
    },
  });
  const type = candidate.type === "Lead" ? "lead" : candidate.type === "Account" ? "account" : "contact";
  return (
    <DangerDialog
      open
      onClose={onClose}
      title={t("relinkTitle", { name: candidate.name })}
      confirm={t("relink")}
      busy={relink.isPending}
      onConfirm={() => relink.mutate()}
    >
      <ul className="grid list-disc gap-1.5 pl-4 text-ink-soft text-sm marker:text-ink-faint">
        <li>{t("relinkNew", { type: t(type), id: candidate.id })}</li>
        <li>{record.salesforceId === null ? t("relinkNoOld") : t("relinkOld", { id: record.salesforceId })}</li>
        <li>{t("relinkSync")}</li>
      </ul>
    </DangerDialog>
  );
}
