"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AuditEntryView } from "@/lib/contracts/audit";
import { readAuditDetail, readAuditSubject } from "./audit-changes";
import { useAuditWords } from "./use-audit-words";

const GRID = "sm:grid-cols-[104px_minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1.2fr)_16px]";

/** Names of the columns; on narrow screens the rows speak for themselves. */
export function AuditRowsHead() {
  const t = useTranslations("settings.audit.columns");
  return (
    <div
      aria-hidden
      className={clsx("hidden h-8 items-center gap-4 border-line border-b px-4 text-ink-faint text-xs sm:grid", GRID)}
    >
      <span>{t("at")}</span>
      <span>{t("by")}</span>
      <span>{t("action")}</span>
      <span>{t("subject")}</span>
      <span />
    </div>
  );
}

/** One entry; pressed, it opens to what was before and after. */
export function AuditRow({ entry }: { entry: AuditEntryView }) {
  const [open, setOpen] = useState(false);
  const { nameAction, nameActor } = useAuditWords();
  const id = useId();
  const subject = readAuditSubject(entry.detail);
  return (
    <li className="border-line border-b last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className={clsx(
          "grid min-h-9 w-full grid-cols-2 items-center gap-x-4 gap-y-0.5 px-4 py-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2",
          GRID,
        )}
      >
        <RelativeTime
          at={entry.at}
          className="text-ink-faint text-xs tabular-nums max-sm:order-2 max-sm:justify-self-end"
        />
        <span className="truncate text-ink-soft max-sm:order-3">{nameActor(entry.by)}</span>
        <span className="truncate font-medium max-sm:order-1">{nameAction(entry.action)}</span>
        <span className="truncate text-ink-soft max-sm:order-4 max-sm:text-right">{subject ?? ""}</span>
        <ChevronRight
          className={clsx("size-4 text-ink-faint transition-transform max-sm:hidden", open && "rotate-90")}
          aria-hidden
        />
      </button>
      <div id={id} hidden={!open}>
        {open && <AuditDetail entry={entry} />}
      </div>
    </li>
  );
}

function AuditDetail({ entry }: { entry: AuditEntryView }) {
  const t = useTranslations("settings.audit");
  const { changes, facts } = readAuditDetail(entry.detail);
  if (changes.length === 0 && facts.length === 0) {
    return <p className="px-4 pb-3 text-ink-faint text-sm">{t("noDetails")}</p>;
  }
  const value = (text: string | null) => text ?? <span className="text-ink-faint">{t("empty")}</span>;
  return (
    <div className="flex flex-col gap-3 px-4 pt-2 pb-4">
      {changes.length > 0 && (
        <table className="w-full table-fixed border-collapse rounded-md border border-line text-xs">
          <thead>
            <tr className="text-left text-ink-faint">
              <th scope="col" className="w-1/3 border-line border-b px-3 py-1.5 font-medium">
                {t("field")}
              </th>
              <th scope="col" className="border-line border-b px-3 py-1.5 font-medium">
                {t("before")}
              </th>
              <th scope="col" className="border-line border-b px-3 py-1.5 font-medium">
                {t("after")}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.name} className="border-line border-b align-top last:border-b-0">
                <th scope="row" className="break-words px-3 py-1.5 text-left font-mono font-normal text-ink-soft">
                  {change.name}
                </th>
                <td className="break-words px-3 py-1.5">{value(change.before)}</td>
                <td className="break-words px-3 py-1.5 font-medium">{value(change.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {facts.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs" aria-label={t("fact")}>
          {facts.map((fact) => (
            <div key={fact.name} className="contents">
              <dt className="font-mono text-ink-faint">{fact.name}</dt>
              <dd className="break-words">{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
