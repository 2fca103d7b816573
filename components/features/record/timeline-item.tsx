"use client";

import clsx from "clsx";
import {
  ArrowLeftRight,
  CircleAlert,
  CircleSlash,
  Link2,
  type LucideIcon,
  Merge,
  Minus,
  Plus,
  Split,
  Trash2,
  TriangleAlert,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { FoldedList } from "@/components/changes/folded-list";
import { pickTrigger } from "@/components/record-words/pick-trigger";
import { useFieldName } from "@/components/record-words/use-field-name";
import { useFieldWords, useTriggerWords } from "@/components/record-words/use-reason-words";
import { ValueText } from "@/components/record-words/value-text";
import { CrmTag } from "@/components/ui/crm-tag";
import { RelativeTime } from "@/components/ui/relative-time";
import type { JournalChange, TimelineEntry } from "@/lib/contracts/records";

const LOOK: Record<TimelineEntry["outcome"], { icon: LucideIcon; tone: string }> = {
  linked: { icon: Link2, tone: "text-ok" },
  created_in_salesforce: { icon: Plus, tone: "text-ok" },
  created_in_hubspot: { icon: Plus, tone: "text-ok" },
  updated: { icon: ArrowLeftRight, tone: "text-ok" },
  archived_in_hubspot: { icon: Trash2, tone: "text-warn" },
  deleted_in_salesforce: { icon: Trash2, tone: "text-warn" },
  merged: { icon: Merge, tone: "text-ok" },
  relinked: { icon: Link2, tone: "text-ok" },
  unchanged: { icon: Minus, tone: "text-ink-faint" },
  excluded: { icon: CircleSlash, tone: "text-mute" },
  failed: { icon: CircleAlert, tone: "text-fail" },
  interrupted: { icon: TriangleAlert, tone: "text-warn" },
};

/** Changes shown before the rest is folded. */
const FIRST_CHANGES = 3;

type TimelineItemProps = { entry: TimelineEntry; last: boolean };

/** One sync: outcome, reason in words, every field before → after, calls, by whom. */
export function TimelineItem({ entry, last }: TimelineItemProps) {
  const t = useTranslations("record.timeline");
  const reasons = useTranslations("reasons.outcomes");
  const errors = useTranslations("errors");
  const triggers = useTriggerWords();
  const trigger = pickTrigger(entry.triggers);
  const { icon: Icon, tone } = LOOK[entry.outcome];
  const errorKey = entry.error && errors.has(`${entry.error.type}.title`) ? entry.error.type : "unknown";
  return (
    <li className={clsx("relative flex gap-3", last ? "pb-1" : "pb-5")}>
      {!last && <span aria-hidden className="absolute top-6 bottom-0 left-2.5 w-px bg-line" />}
      <span className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line bg-surface">
        <Icon className={clsx("size-3", tone)} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-2 text-sm">
          <span className="font-medium">{reasons(entry.outcome)}</span>
          <RelativeTime at={entry.at} className="shrink-0 text-ink-faint text-xs tabular-nums" />
        </p>
        <p className="text-ink-soft text-xs">
          {trigger && <span>{triggers.name(trigger)} · </span>}
          {entry.by !== null && <span>{t("by", { name: entry.by })} · </span>}
          <span className="tabular-nums">{t("calls", { count: entry.calls })}</span>
        </p>
        {entry.error && (
          <div className="mt-1.5 rounded-md border border-line bg-fail-soft/50 px-2.5 py-1.5 text-xs">
            <p className="font-medium text-fail">{errors(`${errorKey}.title`, { side: entry.error.side })}</p>
            <p className="mt-0.5 line-clamp-3 break-words text-ink-soft" title={entry.error.remoteMessage}>
              {entry.error.remoteMessage}
            </p>
          </div>
        )}
        {entry.changes.length > 0 && <Changes changes={entry.changes} />}
      </div>
    </li>
  );
}

function Changes({ changes }: { changes: JournalChange[] }) {
  const t = useTranslations("record.timeline");
  return (
    <div className="mt-1.5">
      <FoldedList
        items={changes}
        first={FIRST_CHANGES}
        moreLabel={(count) => t("showAll", { count })}
        lessLabel={t("showLess")}
      >
        {(change) => (
          <ChangeLine key={`${change.side} ${change.hubspotProperty} ${change.salesforceField}`} change={change} />
        )}
      </FoldedList>
    </div>
  );
}

function ChangeLine({ change }: { change: JournalChange }) {
  const t = useTranslations("record.timeline");
  const words = useFieldWords();
  const nameField = useFieldName();
  const name =
    change.side === "hubspot"
      ? nameField(change.hubspotProperty, change.hubspotLabel)
      : nameField(change.salesforceField, change.salesforceLabel);
  const written = t("written", { side: change.side });
  return (
    <li className="px-2.5 py-1.5 text-xs" title={`${words.rule(change.rule)} · ${words.reason(change.reason)}`}>
      <p className="flex items-center gap-1.5 text-ink-faint">
        <CrmTag letter={change.side === "hubspot" ? "H" : "S"} name={written} className="size-3.5! text-[9px]!" />
        <span className="truncate">{name}</span>
        {change.conflict && (
          <span title={t("conflict")} className="text-warn">
            <Split className="size-3" aria-label={t("conflict")} />
          </span>
        )}
      </p>
      <p className="mt-0.5 flex flex-wrap items-baseline gap-x-1.5">
        <ValueText value={change.before} text={change.beforeText} className="text-ink-faint" />
        <span aria-hidden className="text-ink-faint">
          →
        </span>
        <ValueText value={change.after} text={change.afterText} className="font-medium text-ink" />
      </p>
    </li>
  );
}
