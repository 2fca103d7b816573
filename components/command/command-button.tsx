"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { isApplePlatform } from "./is-apple-platform";

/** The quiet way into the palette, for those who do not know its keys yet. */
export function CommandButton({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations("command");
  // The server does not know the keyboard: the hint appears after the first paint, in a place of fixed width.
  const [modifier, setModifier] = useState<string | null>(null);
  useEffect(() => setModifier(isApplePlatform() ? "⌘" : "Ctrl"), []);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Meta+K Control+K"
      onClick={onOpen}
      className="flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2 text-ink-faint text-sm transition-colors hover:border-line-strong hover:text-ink-soft"
    >
      <Search className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1 truncate text-left">{t("open")}</span>
      <span className="flex w-13 shrink-0 justify-end gap-1" aria-hidden>
        {modifier && (
          <>
            <Kbd>{modifier}</Kbd>
            <Kbd>K</Kbd>
          </>
        )}
      </span>
    </button>
  );
}
