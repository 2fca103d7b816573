"use client";

import clsx from "clsx";
import { ArrowUpRight, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo, useId, useState } from "react";
import { ErrorPart, FaultyFields, RemoteWords } from "@/components/record-words/sync-error-parts";
import { ValueText } from "@/components/record-words/value-text";
import { buttonClass } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { recordPath } from "@/lib/browser/record-path";
import type { ErrorRecord } from "@/lib/contracts/errors";
import type { Chosen } from "./use-chosen";

/** One record with the value at fault; it opens to the same error as on its card, with the CRM's own words. */
export const ErrorRecordRow = memo(function ErrorRecordRow({
  row,
  chosen,
}: {
  row: ErrorRecord;
  chosen: Chosen | null;
}) {
  const t = useTranslations("health.panel");
  const [open, setOpen] = useState(false);
  const id = useId();
  const { record, error } = row;
  const name = record.name || t("noName");
  const [field] = error.fields;
  return (
    <li className="[content-visibility:auto]">
      <div className="flex min-h-11 items-center gap-3 px-3 py-1.5 text-sm hover:bg-hover">
        {chosen && (
          <input
            type="checkbox"
            aria-label={t("select", { name })}
            checked={chosen.has(record.id)}
            onChange={() => chosen.toggle(record.id)}
            className="size-3.5 shrink-0 accent-accent"
          />
        )}
        <div className="min-w-0 flex-1">
          <p className="flex min-w-0 items-baseline gap-2">
            <Link
              href={recordPath(record.object, record.id)}
              prefetch={false}
              className={clsx(
                "truncate font-medium hover:underline",
                record.name === "" ? "text-ink-faint" : "text-ink",
              )}
            >
              {name}
            </Link>
            <span className="truncate text-ink-faint text-xs">{record.company || record.email}</span>
          </p>
          {field ? (
            <p className="flex min-w-0 items-baseline gap-1.5 text-xs">
              <span className="shrink-0 text-ink-faint">{field.label || field.field}</span>
              <ValueText value={field.value} text={field.text} className="line-clamp-1! text-ink-soft" />
            </p>
          ) : (
            <p lang="" className="truncate text-ink-faint text-xs">
              {error.remoteMessage}
            </p>
          )}
        </div>
        <RelativeTime
          at={error.closedAt ?? error.openedAt}
          className="shrink-0 text-ink-faint text-xs tabular-nums max-sm:hidden"
        />
        <IconButton
          size="sm"
          label={t("details", { name })}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight className={clsx("transition-transform", open && "rotate-90")} aria-hidden />
        </IconButton>
      </div>
      <div id={id} hidden={!open}>
        {open && <Details row={row} />}
      </div>
    </li>
  );
});

function Details({ row: { error, record } }: { row: ErrorRecord }) {
  const t = useTranslations("health.panel");
  const link = buttonClass("secondary", "sm");
  return (
    <div className="grid gap-3 border-line border-t bg-hover/40 px-3 py-3 text-sm sm:pl-10">
      {error.fields.length > 0 && (
        <ErrorPart title={t("fields")}>
          <FaultyFields fields={error.fields} />
        </ErrorPart>
      )}
      <ErrorPart title={t("said", { side: error.side })}>
        <RemoteWords error={error} />
      </ErrorPart>
      <p className="text-ink-faint text-xs">
        {t.rich("seen", {
          count: error.occurrences,
          first: () => <RelativeTime at={error.openedAt} />,
          last: () => <RelativeTime at={error.lastSeenAt} />,
        })}
        {error.closedAt !== null && (
          <> · {t.rich("closedAt", { time: () => <RelativeTime at={error.closedAt ?? ""} /> })}</>
        )}
        {error.closedAt === null && record.nextTryAt !== null && (
          <> · {t.rich("nextTry", { time: () => <RelativeTime at={record.nextTryAt ?? ""} /> })}</>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Link href={recordPath(record.object, record.id)} prefetch={false} className={link}>
          {t("openRecord")}
        </Link>
        {record.hubspotUrl !== null && (
          <a href={record.hubspotUrl} target="_blank" rel="noreferrer" className={link}>
            {t("inHubspot")} <ArrowUpRight aria-hidden />
          </a>
        )}
        {record.salesforceUrl !== null && (
          <a href={record.salesforceUrl} target="_blank" rel="noreferrer" className={link}>
            {t("inSalesforce")} <ArrowUpRight aria-hidden />
          </a>
        )}
      </div>
    </div>
  );
}
