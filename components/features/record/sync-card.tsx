"use client";

import clsx from "clsx";
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  type LucideIcon,
  RefreshCw,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { ProgressLine } from "@/components/ui/progress-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { TONE_TEXT } from "@/components/ui/tone";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import type { RecordDetail, RecordState } from "@/lib/contracts/records";
import { CandidateList } from "./candidate-list";
import { CardLine } from "./card-line";
import { openErrors } from "./card-sentence";
import { FieldTable } from "./field-table";
import { GateList } from "./gate-list";
import { SyncErrorList } from "./sync-error-list";

const ICON: Record<RecordState, LucideIcon> = {
  in_sync: CircleCheck,
  due: CircleDashed,
  syncing: RefreshCw,
  failing: CircleAlert,
  excluded: CircleSlash,
  paused: CirclePause,
};

/** The Salesforce sync card: one sentence, the errors, why, the fields, other candidates. */
export function SyncCard({ record, busy }: { record: RecordDetail; busy: boolean }) {
  const t = useTranslations("record.card");
  const errors = openErrors(record.errors);
  const state = busy ? "syncing" : record.state;
  const Icon = ICON[state];
  return (
    <Card aria-labelledby="sync-card-title" className="relative overflow-hidden">
      {state === "syncing" && <ProgressLine label={t("syncing")} className="absolute inset-x-0 top-0 rounded-none" />}
      <div className="px-4 pt-4 pb-4 sm:px-5">
        <h2 id="sync-card-title" className="font-medium text-ink-faint text-xs">
          {t("title")}
        </h2>
        <div className="mt-1.5 flex items-start gap-2.5">
          <Icon
            className={clsx(
              "mt-1 size-4 shrink-0",
              TONE_TEXT[RECORD_TONE[state]],
              state === "syncing" && "animate-sheen",
            )}
            aria-hidden
          />
          <p aria-live="polite" className="min-w-0 break-words text-ink text-lg">
            <CardLine record={record} busy={busy} />
          </p>
        </div>
        <StateHelp record={record} />
        <Facts record={record} />
      </div>
      {errors.length > 0 && <SyncErrorList record={record} errors={errors} />}
      <GateList gates={record.gates} open={record.gates.some((gate) => !gate.passed)} />
      {/* Behind a closed gate no field is compared, which must not read as "nothing is mapped" */}
      {(record.fields.length > 0 || record.gates.every((gate) => gate.passed)) && (
        <FieldTable fields={record.fields} errors={record.errors} held={record.state === "excluded"} />
      )}
      {record.candidates.length > 0 && <CandidateList record={record} />}
    </Card>
  );
}

const CONNECTION = { href: "/connection", label: "openConnection" } as const;
const INCLUSION = { href: "/inclusion", label: "openInclusion" } as const;
/** The setting that keeps a record out, by reason */
const SETTINGS: Record<string, typeof CONNECTION | typeof INCLUSION | { href: string; label: "openActivities" }> = {
  object_sync_off: CONNECTION,
  creation_in_salesforce_off: CONNECTION,
  creation_in_hubspot_off: CONNECTION,
  not_in_inclusion_list: INCLUSION,
  filtered_out: INCLUSION,
  activity_off: { href: "/activities", label: "openActivities" },
};

/** What to do, where the sentence alone does not say it. */
function StateHelp({ record }: { record: RecordDetail }) {
  const t = useTranslations("record.card");
  const reasons = useTranslations("reasons");
  if (record.state !== "excluded" && record.state !== "paused") return null;
  const key = `exclusionFixes.${record.exclusionReason ?? "other"}`;
  const text =
    record.state === "paused"
      ? t("pausedText")
      : reasons(reasons.has(key) ? key : "exclusionFixes.other", {
          side: record.hubspotId === null ? "salesforce" : "hubspot",
        });
  const setting = record.state === "paused" ? CONNECTION : SETTINGS[record.exclusionReason ?? ""];
  return (
    <p className="mt-1 pl-6.5 text-ink-soft text-sm">
      {text}{" "}
      {setting && (
        <Link href={setting.href} className="whitespace-nowrap text-accent underline-offset-2 hover:underline">
          {t(setting.label)}
        </Link>
      )}
    </p>
  );
}

function Facts({ record }: { record: RecordDetail }) {
  const t = useTranslations("record.card");
  const facts: { key: string; label: string; value: ReactNode }[] = [
    {
      key: "last",
      label: t("lastSynced"),
      value: record.lastSyncedAt === null ? t("never") : <RelativeTime at={record.lastSyncedAt} />,
    },
  ];
  if (record.nextTryAt !== null) {
    facts.push({ key: "next", label: t("nextTry"), value: <RelativeTime at={record.nextTryAt} /> });
  }
  if (record.attempts > 0) facts.push({ key: "tries", label: t("attempts"), value: record.attempts });
  for (const [key, at] of [
    ["changedInHubspot", record.hubspotModifiedAt],
    ["changedInSalesforce", record.salesforceModifiedAt],
  ] as const) {
    if (at !== null) facts.push({ key, label: t(key), value: <RelativeTime at={at} /> });
  }
  return (
    <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 pl-6.5 text-xs tabular-nums">
      {facts.map((fact) => (
        <div key={fact.key} className="flex gap-1.5">
          <dt className="text-ink-faint">{fact.label}</dt>
          <dd className="text-ink-soft">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
