"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Table, Td, Th } from "@/components/ui/table";
import type { ConfigPreview } from "@/lib/contracts/config-file";
import { ConfigFaults } from "./config-faults";
import { findLine } from "./find-line";
import { useFaultWords } from "./use-fault-words";

/** A value as the file has it; what is not there is a dash. */
function showValue(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What importing would change, before and after; what is left out; what keeps it from being imported. */
export function ConfigDiff({ preview, text }: { preview: ConfigPreview; text: string }) {
  const t = useTranslations("settings.config");
  const tellFault = useFaultWords();
  const { changes, skipped, problems } = preview;
  const faults = problems.map(({ path, message }) => ({
    path,
    line: findLine(text, pathInFile(path, text)),
    message: tellFault(message),
  }));
  return (
    <div className="flex flex-col gap-4 pb-4">
      {faults.length > 0 && <ConfigFaults faults={faults} />}
      {skipped.length > 0 && (
        <div className="px-4">
          <Banner tone="mute" title={t("skipped")}>
            {t("skippedWhat", { names: skipped.join(", ") })}
          </Banner>
        </div>
      )}
      {changes.length === 0 ? (
        <p className="flex items-center gap-2 px-4 text-sm">
          <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
          {t("same")}
        </p>
      ) : (
        <section
          className="max-h-[420px] overflow-auto border-line border-y"
          aria-label={t("differences")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <Table>
            <thead>
              <tr>
                <Th>{t("columns.path")}</Th>
                <Th>{t("columns.before")}</Th>
                <Th>{t("columns.after")}</Th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ path, before, after }) => (
                <tr key={path} className="border-line border-b align-top last:border-b-0">
                  <Td className="min-w-40 break-all py-2 font-mono text-xs">{path}</Td>
                  <Td className="min-w-32 max-w-72 break-all py-2 text-ink-soft">{showValue(before)}</Td>
                  <Td className="min-w-32 max-w-72 break-all py-2">{showValue(after)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </div>
  );
}

/** "mappings.contact.email" names a mapping by its property; in the file it stands in a list. */
function pathInFile(path: string, text: string): string[] {
  const parts = path.split(".");
  const [root, object, property] = parts;
  if (root !== "mappings" || object === undefined || property === undefined) return parts;
  const { mappings } = JSON.parse(text) as { mappings?: Record<string, { hubspotProperty?: string }[]> };
  const place = (mappings?.[object] ?? []).findIndex((one) => one.hubspotProperty === property);
  return place < 0 ? [root, object] : [root, object, String(place)];
}
