"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "./icon-button";

/** Copies `value`; the icon turns into a tick for 1.5 s. `what` names it for screen readers, e.g. "HubSpot ID". */
export function CopyButton({ value, what }: { value: string; what?: string }) {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <IconButton size="sm" label={copied ? t("copied") : t("copy", { what: what ?? value })} onClick={() => void copy()}>
      {copied ? <Check className="text-ok" aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
