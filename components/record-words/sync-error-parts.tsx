"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import type { SyncErrorView } from "@/lib/contracts/records";
import { ValueText } from "./value-text";

/** From this length on, characters, a value is told with its length: where a text is too long, that is the question. */
const LONG_VALUE = 60;

/** One question about an error with its answer. */
export function ErrorPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-0.5 font-medium text-ink-faint text-xs">{title}</h4>
      <div className="max-w-[68ch] text-ink-soft">{children}</div>
    </div>
  );
}

/** The fields at fault with their values. */
export function FaultyFields({ fields }: { fields: SyncErrorView["fields"] }) {
  const t = useTranslations("record.errors");
  return (
    <dl className="grid gap-1">
      {fields.map((field) => (
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
  );
}

/** The CRM's own message and code, unchanged, to copy. */
export function RemoteWords({ error }: { error: Pick<SyncErrorView, "remoteMessage" | "remoteCode"> }) {
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
