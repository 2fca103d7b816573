"use client";

import { useTranslations } from "next-intl";
import { DangerDialog } from "@/components/ui/danger-dialog";
import type { BrakeView } from "@/lib/contracts/brake";

type BrakeDialogProps = {
  brake: BrakeView;
  decision: "approve" | "dismiss";
  busy: boolean;
  onClose: () => void;
  onConfirm: () => void;
};

/** Asks once more, with what exactly would happen and what would not. */
export function BrakeDialog({ brake, decision, busy, onClose, onConfirm }: BrakeDialogProps) {
  const t = useTranslations("runs.brake");
  const { creates, overwrites, deletes } = brake;
  return (
    <DangerDialog
      open
      onClose={onClose}
      title={t(`ask.${decision}.title`)}
      description={t(`ask.${decision}.what`)}
      confirm={t(decision)}
      busy={busy}
      onConfirm={onConfirm}
    >
      <p className="text-sm tabular-nums">{t("counts", { creates, overwrites, deletes })}</p>
    </DangerDialog>
  );
}
