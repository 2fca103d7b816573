"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type SaveBarProps = { busy: boolean; conflict: boolean; onDiscard: () => void; onLoadNewer: () => void };

/** Stands at the foot of the window while something is unsaved; after a conflict it offers the newer version first. */
export function SaveBar({ busy, conflict, onDiscard, onLoadNewer }: SaveBarProps) {
  const t = useTranslations("settings-form");
  const ui = useTranslations("ui");
  return (
    <div
      role="status"
      // Toasts keep above it: see Toaster
      data-save-bar=""
      className="sticky bottom-4 z-30 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg bg-raised py-2.5 pr-2.5 pl-4 shadow-overlay"
    >
      <div className="min-w-0 flex-1 basis-60 text-sm">
        <p className="font-medium">{conflict ? t("conflict") : t("unsaved")}</p>
        {conflict && <p className="text-ink-soft text-xs">{t("conflictWhat")}</p>}
      </div>
      <div className="flex gap-2">
        <Button variant="ghost" onClick={onDiscard}>
          {ui("discard")}
        </Button>
        {conflict ? (
          <Button variant="primary" onClick={onLoadNewer}>
            {t("loadNewer")}
          </Button>
        ) : (
          <Button variant="primary" type="submit" busy={busy}>
            {ui("save")}
          </Button>
        )}
      </div>
    </div>
  );
}
