"use client";

import { useTranslations } from "next-intl";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { showToast } from "@/components/ui/toast";
import { apiSend } from "@/lib/browser/api-client";
import type { UserView } from "@/lib/contracts/users";
import { usersQuery } from "./settings-queries";
import { useSettingsAction } from "./use-settings-action";

/** Says what ends and what stays before somebody is locked out. */
export function DeactivateDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const t = useTranslations("settings.deactivateDialog");
  const { name, apiKeys } = user;
  const deactivate = useSettingsAction(() => apiSend("PATCH", `/api/users/${user.id}`, { active: false }), {
    key: usersQuery.queryKey,
  });
  const confirm = () =>
    deactivate.mutate(undefined, {
      onSuccess: () => showToast({ tone: "ok", title: t("done", { name }) }),
      onSettled: onClose,
    });
  return (
    <DangerDialog
      open
      onClose={onClose}
      title={t("title", { name })}
      confirm={t("confirm")}
      busy={deactivate.isPending}
      onConfirm={confirm}
    >
      <ul className="list-disc space-y-1 pl-5 text-ink-soft text-sm marker:text-ink-faint">
        <li>{t("now")}</li>
        <li>{t("stays")}</li>
        {apiKeys > 0 && <li>{t("keys", { count: apiKeys })}</li>}
      </ul>
    </DangerDialog>
  );
}
