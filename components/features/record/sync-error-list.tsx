"use client";

import clsx from "clsx";
import { ArrowUpRight, ChevronRight, CircleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RecordDetail, SyncErrorView } from "@/lib/contracts/records";
import { findMappingId } from "./field-table-view";
import { useErrorWords } from "./use-reason-words";
import { ValueText } from "./value-text";

/** From this length on, characters, a value is told with its length: where a text is too long, that is the question. */
const LONG_VALUE = 60;

/** The open errors of the record, each with its details in place. */
export function SyncErrorList({ record, errors }: { record: RecordDetail; errors: SyncErrorView[] }) {
  const t = useTranslations("record.errors");
  return (
    <section aria-label={t("title", { count: errors.length })} className="border-line border-t bg-fail-soft/40">
      <ul className="divide-y divide-line">
        {errors.map((error) => (
          <SyncErrorItem key={error.id} record={record} error={error} />
        ))}
      </ul>
    </section>
  );
}

function SyncErrorItem({ record, error }: { record: RecordDetail; error: SyncErrorView }) {
  const t = useTranslations("record.errors");
  const words = useErrorWords(record.salesforceType)(error);
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-fail" aria-hidden />
        <div className="min-w-0 flex-1 basis-52">
          <h3 className="font-medium text-sm">{words.title}</h3>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-ink-soft text-xs">
            <Badge>{words.category}</Badge>
            <span>{t.rich("since", { time: () => <RelativeTime at={error.openedAt} /> })}</span>
            {error.occurrences > 1 && <span className="tabular-nums">{t("times", { count: error.occurrences })}</span>}
          </p>
        </div>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className={clsx(buttonClass("secondary", "sm"), "max-sm:ml-7")}
        >
          <ChevronRight className={clsx("transition-transform", open && "rotate-90")} aria-hidden />
          {open ? t("hide") : t("view")}
        </button>
      </div>
      <div id={id} hidden={!open}>
        {open && <ErrorDetails record={record} error={error} />}
      </div>
    </li>
  );
}

/** Cause, cure, field and value at fault, the CRM's own words, and the way to the record and the setting. */
function ErrorDetails({ record, error }: { record: RecordDetail; error: SyncErrorView }) {
  const t = useTranslations("record.errors");
  const words = useErrorWords(record.salesforceType)(error);
  return (
    <div className="mt-3 grid gap-4 rounded-lg border border-line bg-surface p-4 text-sm sm:ml-7">
      <Part title={t("what")}>{words.what}</Part>
      <Part title={t("fix")}>{words.fix}</Part>
      {error.fields.length > 0 && (
        <Part title={t("fields")}>
          <dl className="grid gap-1">
            {error.fields.map((field) => (
              <div key={field.field} className="grid gap-x-4 sm:grid-cols-[minmax(0,200px)_minmax(0,1fr)]">
                <dt className="break-words">
                  {field.label || field.field}{" "}
                  {field.label !== "" && field.label !== field.field && (
                    <span className="font-mono text-2xs text-ink-faint">{field.field}</span>
                  )}
                </dt>
                <dd className="min-w-0 font-medium text-ink">
                  <ValueText value={field.value} text={field.text} />
                  {typeof field.value === "string" && field.value.length > LONG_VALUE && (
                    <span className="font-normal text-ink-faint text-xs tabular-nums">
                      {t("characters", { count: field.value.length })}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      <Part title={t("said", { side: error.side })}>
        <RemoteWords error={error} />
      </Part>
      <Part title={t("retry")}>{words.retry}</Part>
      <ErrorLinks record={record} error={error} />
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-0.5 font-medium text-ink-faint text-xs">{title}</h4>
      <div className="max-w-[68ch] text-ink-soft">{children}</div>
    </div>
  );
}

function RemoteWords({ error }: { error: SyncErrorView }) {
  const t = useTranslations("record.errors");
  return (
    <div className="flex items-start gap-1 rounded-md border border-line bg-hover py-1 pr-1 pl-3">
      <div className="min-w-0 flex-1 py-1">
        <p lang="" className="whitespace-pre-wrap break-words font-mono text-ink text-xs">
          {error.remoteMessage || t("noMessage")}
        </p>
        {error.remoteCode !== "" && (
          <p className="mt-1 break-all text-ink-soft text-xs">
            {t("code")} <span className="font-mono">{error.remoteCode}</span>
          </p>
        )}
      </div>
      <CopyButton value={`${error.remoteCode} ${error.remoteMessage}`.trim()} what={t("copyMessage")} />
    </div>
  );
}

function ErrorLinks({ record, error }: { record: RecordDetail; error: SyncErrorView }) {
  const t = useTranslations("record");
  const fields = error.fields.map((f) => f.field);
  const mapping = findMappingId(record, fields);
  const link = buttonClass("secondary", "sm");
  return (
    <div className="flex flex-wrap gap-2">
      {record.hubspotUrl !== null && (
        <a href={record.hubspotUrl} target="_blank" rel="noreferrer" className={link}>
          {t("openInHubspot")} <ArrowUpRight aria-hidden />
        </a>
      )}
      {record.salesforceUrl !== null && (
        <a href={record.salesforceUrl} target="_blank" rel="noreferrer" className={link}>
          {t("openInSalesforce")} <ArrowUpRight aria-hidden />
        </a>
      )}
      {(mapping !== null || error.category === "mapping") && (
        <Link href={mapping === null ? "/mappings" : `/mappings?edit=${mapping}`} className={link}>
          {t("errors.openMapping")}
        </Link>
      )}
      {error.retry === "suspends" && (
        <Link href="/connection" className={link}>
          {t("errors.openConnection")}
        </Link>
      )}
    </div>
  );
}
