"use client";

import { useTranslations } from "next-intl";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import type { ApiKeyView } from "@/lib/contracts/api-keys";
import { apiKeysQuery } from "./settings-queries";
import { useSettingsAction } from "./use-settings-action";

/** A revoked key cannot come back, so it is asked first. */
export function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const t = useTranslations("settings.revokeDialog");
  const { id, name, prefix } = apiKey;
  const revoke = useSettingsAction(() => apiSend("DELETE", `/api/api-keys/${id}`), { key: apiKeysQuery.queryKey });
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => showToast({ tone: "ok", title: t("done", { name }) }),
      onSettled: onClose,
    });
  return (
    <DangerDialog
      open
      onClose={onClose}
      title={t("title", { name })}
      description={t("what", { prefix })}
      confirm={t("confirm")}
      busy={revoke.isPending}
      onConfirm={confirm}
    />
  );
}
