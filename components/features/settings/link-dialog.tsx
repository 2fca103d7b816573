"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LinkBox } from "./secret-box";
import type { ShownLink } from "./shown-link";

/** A link that no e-mail carries, shown once. */
export function LinkDialog({ shown, onClose }: { shown: ShownLink; onClose: () => void }) {
  const t = useTranslations("settings.link");
  const { purpose, email, link } = shown;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(purpose === "invite" ? "inviteTitle" : "passwordTitle", { email })}
      width="md"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <LinkBox link={link} />
    </Dialog>
  );
}
