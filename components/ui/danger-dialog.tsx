"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

type DangerDialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  /** The words of the button that does it */
  confirm: string;
  busy: boolean;
  onConfirm: () => void;
  children?: ReactNode;
};

/** Asks before something that cannot be taken back: what ends and what stays, then Cancel or do it. */
export function DangerDialog({
  open,
  onClose,
  title,
  description,
  confirm,
  busy,
  onConfirm,
  children,
}: DangerDialogProps) {
  const ui = useTranslations("ui");
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="danger" busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
