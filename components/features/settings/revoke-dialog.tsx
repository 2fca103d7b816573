"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import type { ApiKeyView } from "@/lib/contracts/api-keys";
import { apiKeysQuery } from "./settings-queries";
import { useSettingsAction } from "./use-settings-action";

/** A revoked key cannot come back, so it is asked first. */
export function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const t = useTranslations("settings.revokeDialog");
  const ui = useTranslations("ui");
  const { id, name, prefix } = apiKey;
  const revoke = useSettingsAction(() => apiSend("DELETE", `/api/api-keys/${id}`), { key: apiKeysQuery.queryKey });
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => showToast({ tone: "ok", title: t("done", { name }) }),
      onSettled: onClose,
    });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title", { name })}
      description={t("what", { prefix })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="danger" busy={revoke.isPending} onClick={confirm}>
            {t("confirm")}
          </Button>
        </>
      }
    />
  );
}
