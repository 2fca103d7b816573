"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";

/** A secret text that is shown once: one line that selects itself, with a copy button. */
export function SecretBox({ value, label }: { value: string; label: string }) {
  return (
    <div className="flex items-center gap-1 rounded-md border border-line-strong bg-canvas py-1 pr-1 pl-2.5">
      <input
        readOnly
        value={value}
        aria-label={label}
        onFocus={(event) => event.currentTarget.select()}
        className="min-w-0 flex-1 bg-transparent font-mono text-ink text-xs outline-none"
      />
      <CopyButton value={value} what={label} />
    </div>
  );
}

/** The link that has to be passed on by hand. */
export function LinkBox({ link }: { link: string }) {
  const t = useTranslations("settings.link");
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-soft text-sm">{t("what")}</p>
      <SecretBox value={link} label={t("label")} />
    </div>
  );
}
