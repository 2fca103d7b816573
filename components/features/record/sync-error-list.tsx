"use client";

import clsx from "clsx";
import { ArrowUpRight, ChevronRight, CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ErrorSetting } from "@/components/record-words/error-setting";
import { ErrorPart, FaultyFields, RemoteWords } from "@/components/record-words/sync-error-parts";
import { useErrorWords } from "@/components/record-words/use-reason-words";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RecordDetail, SyncErrorView } from "@/lib/contracts/records";
import { findMappingId } from "./field-table-view";

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
      <ErrorPart title={t("what")}>{words.what}</ErrorPart>
      <ErrorPart title={t("fix")}>{words.fix}</ErrorPart>
      {error.fields.length > 0 && (
        <ErrorPart title={t("fields")}>
          <FaultyFields fields={error.fields} />
        </ErrorPart>
      )}
      <ErrorPart title={t("said", { side: error.side })}>
        <RemoteWords error={error} />
      </ErrorPart>
      <ErrorPart title={t("retry")}>{words.retry}</ErrorPart>
      <ErrorLinks record={record} error={error} />
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
      <ErrorSetting error={error} mapping={{ object: record.object, id: mapping }} />
    </div>
  );
}
