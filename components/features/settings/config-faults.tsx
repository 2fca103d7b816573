"use client";

import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import type { FileFault } from "./read-config";

const SHOWN = 20;

/** Every place of a file that cannot stand, by line; nothing of it was imported. */
export function ConfigFaults({ faults }: { faults: FileFault[] }) {
  const t = useTranslations("settings.config");
  return (
    <div className="px-4 pb-4">
      <Banner tone="fail" title={t("refused", { count: faults.length })}>
        <p>{t("nothingChanged")}</p>
        <ul className="mt-2 flex flex-col gap-1">
          {faults.slice(0, SHOWN).map(({ line, path, message }) => (
            <li key={`${line} ${path} ${message}`} className="flex flex-wrap gap-x-2">
              <span className="font-medium text-ink tabular-nums">{t("line", { line })}</span>
              {path !== "" && <code className="break-all font-mono text-xs">{path}</code>}
              <span>{t.has(`faults.${message}`) ? t(`faults.${message}`) : message}</span>
            </li>
          ))}
        </ul>
        {faults.length > SHOWN && <p className="mt-1">{t("more", { count: faults.length - SHOWN })}</p>}
      </Banner>
    </div>
  );
}
