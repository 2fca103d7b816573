"use client";

import { useTranslations } from "next-intl";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { apiSend } from "@/lib/browser/api-client";
import type { Side } from "@/lib/decide/record-types";
import { useConnectionAction } from "./use-connection-action";

type DisconnectDialogProps = { side: Side; open: boolean; onOpenChange: (open: boolean) => void };

/** Says what stops and what stays before the sign-in is given back. */
export function DisconnectDialog({ side, open, onOpenChange }: DisconnectDialogProps) {
  const t = useTranslations("connection.disconnect");
  const crm = useTranslations("shell")(side);
  const disconnect = useConnectionAction(() => apiSend("DELETE", `/api/connection/${side}`), t("done", { crm }));
  const confirm = () => disconnect.mutate(undefined, { onSuccess: () => onOpenChange(false) });
  return (
    <DangerDialog
      open={open}
      onClose={() => onOpenChange(false)}
      title={t("title", { crm })}
      description={t("what")}
      confirm={t("confirm", { crm })}
      busy={disconnect.isPending}
      onConfirm={confirm}
    >
      <ul className="list-disc space-y-1 pl-5 text-ink-soft text-sm marker:text-ink-faint">
        <li>{t("stops", { crm })}</li>
        <li>{t("stays")}</li>
        <li>{t("back", { crm })}</li>
      </ul>
    </DangerDialog>
  );
}
