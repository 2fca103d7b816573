"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ListObject, listEffectQuery } from "@/components/lists/lists-queries";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { ListEffect } from "./list-effect";

type RemoveListDialogProps = { object: ListObject; name: string; onClose: () => void; onRemove: () => void };

/** Without a list everybody syncs: who that would be, before it is taken over. */
export function RemoveListDialog({ object, name, onClose, onRemove }: RemoveListDialogProps) {
  const t = useTranslations("inclusion.removal");
  const effect = useQuery(listEffectQuery(object, "none"));
  return (
    <DangerDialog
      open
      onClose={onClose}
      title={t("title", { name })}
      description={t("what", { object })}
      confirm={t("confirm")}
      busy={effect.isPending}
      onConfirm={onRemove}
    >
      <ListEffect object={object} effect={effect} />
    </DangerDialog>
  );
}
