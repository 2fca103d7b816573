"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { apiSend } from "@/lib/browser/api-client";
import type { Side } from "@/lib/decide/record-types";
import { useConnectionAction } from "./use-connection-action";

type DisconnectDialogProps = { side: Side; open: boolean; onOpenChange: (open: boolean) => void };

/** Says what stops and what stays before the sign-in is given back. */
export function DisconnectDialog({ side, open, onOpenChange }: DisconnectDialogProps) {
  const t = useTranslations("connection.disconnect");
  const ui = useTranslations("ui");
  const crm = useTranslations("shell")(side);
  const disconnect = useConnectionAction(() => apiSend("DELETE", `/api/connection/${side}`), t("done", { crm }));
  const confirm = () => disconnect.mutate(undefined, { onSuccess: () => onOpenChange(false) });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title", { crm })}
      description={t("what")}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui("cancel")}</Button>
          <Button variant="danger" busy={disconnect.isPending} onClick={confirm}>
            {t("confirm", { crm })}
          </Button>
        </>
      }
    >
      <ul className="list-disc space-y-1 pl-5 text-ink-soft text-sm marker:text-ink-faint">
        <li>{t("stops", { crm })}</li>
        <li>{t("stays")}</li>
        <li>{t("back", { crm })}</li>
      </ul>
    </Dialog>
  );
}
