"use client";

import { ArrowLeft, ArrowUpRight, RefreshCw } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { CrmTag } from "@/components/ui/crm-tag";
import { StatePill } from "@/components/ui/state-pill";
import { formatAmount } from "@/lib/browser/format-amount";
import { leftQuery } from "@/lib/browser/left-place";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import type { RecordDetail } from "@/lib/contracts/records";

type RecordHeaderProps = { record: RecordDetail; busy: boolean; maySync: boolean; onSync: () => void };

/** Objects with a list of their own; null: an activity, which is reached from Sync health. */
export type PageObject = "contact" | "company" | "deal" | null;

const BACK = { contact: "/contacts", company: "/companies", deal: "/deals", none: "/health" };

/** Who it is, where it stands in both CRMs, its state, and *Sync now*. */
export function RecordHeader({ record, busy, maySync, onSync }: RecordHeaderProps) {
  const t = useTranslations("record");
  const states = useTranslations("states");
  const state = busy ? "syncing" : record.state;
  return (
    <header className="mb-6">
      <BackLink object={asPageObject(record.object)} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{record.name || t("noName")}</h1>
            <StatePill tone={RECORD_TONE[state]} label={states(state)} moving={state === "syncing"} />
          </div>
          <SubTitle record={record} />
        </div>
        <Button
          variant="primary"
          icon={<RefreshCw aria-hidden />}
          busy={busy || record.state === "syncing"}
          disabled={!maySync}
          title={maySync ? undefined : t("readOnlyRole")}
          onClick={onSync}
        >
          {busy || record.state === "syncing" ? t("syncing") : t("syncNow")}
        </Button>
      </div>
      <RecordIds record={record} />
    </header>
  );
}

/** Which list the record stands in. */
export function asPageObject(object: RecordDetail["object"]): PageObject {
  return object === "contact" || object === "company" || object === "deal" ? object : null;
}

/** What tells the record apart: a person's company and address, a company's domain, a deal's amount and stage, else its kind. */
function SubTitle({ record }: { record: RecordDetail }) {
  const t = useTranslations("record");
  const locale = useLocale();
  const line = "mt-0.5 flex min-h-6 flex-wrap items-center gap-x-2 text-ink-soft text-sm";
  if (record.object === "deal") {
    const parts = [formatAmount(record.deal, locale), record.deal?.stage ?? ""].filter((part) => part !== "");
    return <p className={line}>{parts.join(" · ")}</p>;
  }
  const isMail = record.object === "contact";
  if (!isMail && record.object !== "company") return <p className={line}>{t(`objects.${record.object}`)}</p>;
  return (
    <div className={line}>
      {isMail && record.company !== "" && (
        <>
          <span>{record.company}</span>
          <span aria-hidden className="text-ink-faint max-sm:hidden">
            ·
          </span>
        </>
      )}
      {record.email === null ? (
        <span className="text-ink-faint">{t(isMail ? "noEmail" : "noDomain")}</span>
      ) : (
        <span className="flex min-w-0 items-center gap-0.5">
          <span className="break-all">{record.email}</span>
          <CopyButton value={record.email} what={record.email} />
        </span>
      )}
    </div>
  );
}

export function BackLink({ object }: { object: PageObject }) {
  const t = useTranslations("record");
  return (
    <Link
      href={object === null ? BACK.none : BACK[object] + leftQuery(object)}
      className="mb-2 inline-flex items-center gap-1 rounded-sm text-ink-faint text-xs hover:text-ink"
    >
      <ArrowLeft className="size-3.5" aria-hidden />
      {t("back", { object: object ?? "none" })}
    </Link>
  );
}

/** HubSpot left, Salesforce right, the bridge between. */
function RecordIds({ record }: { record: RecordDetail }) {
  const t = useTranslations("record");
  return (
    <div className="mt-4 grid items-center gap-2 sm:flex sm:gap-3">
      <IdBox
        tag={<CrmTag letter="H" name="HubSpot" />}
        what={t("hubspotId", { object: record.object })}
        id={record.hubspotId}
        missing={t("notInHubspot")}
        url={record.hubspotUrl}
        open={t("openInHubspot")}
      />
      <span aria-hidden className="hidden h-px w-8 border-line-strong border-t border-dashed sm:block" />
      <IdBox
        tag={<CrmTag letter="S" name="Salesforce" />}
        what={t("salesforceId", { type: record.salesforceType ?? "none" })}
        id={record.salesforceId}
        missing={t("notInSalesforce")}
        url={record.salesforceUrl}
        open={t("openInSalesforce")}
      />
    </div>
  );
}

type IdBoxProps = {
  tag: ReactNode;
  what: string;
  id: string | null;
  missing: string;
  url: string | null;
  open: string;
};

function IdBox({ tag, what, id, missing, url, open }: IdBoxProps) {
  return (
    <div className="flex h-10 min-w-0 items-center gap-2.5 rounded-lg border border-line bg-surface pr-1.5 pl-3">
      {tag}
      {id === null ? (
        <span className="pr-1.5 text-ink-faint text-sm">{missing}</span>
      ) : (
        <>
          <span className="min-w-0 flex-1 truncate text-ink-faint text-xs">{what}</span>
          <span className="flex items-center gap-0.5">
            <span className="font-mono text-xs">{id}</span>
            <CopyButton value={id} what={what} />
            {url !== null && (
              <a
                href={url}
                target="_blank"
                rel="noreferrer"
                title={open}
                aria-label={open}
                className="inline-flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
              >
                <ArrowUpRight className="size-3.5" aria-hidden />
              </a>
            )}
          </span>
        </>
      )}
    </div>
  );
}
