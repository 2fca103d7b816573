"use client";

import { useTranslations } from "next-intl";
import { useFieldName } from "@/components/record-words/use-field-name";
import { ValueText } from "@/components/record-words/value-text";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { FoldedList } from "./folded-list";

type Value = string | number | boolean | null;

/** One value that travels, or would: it is written to `side`, where `before` stands and `after` will. */
type ShownChange = {
  hubspotProperty: string;
  hubspotLabel: string;
  salesforceField: string;
  salesforceLabel: string;
  side: "hubspot" | "salesforce";
  before: Value;
  after: Value;
  beforeText: string | null;
  afterText: string | null;
};

/** Changes shown before the rest is folded. */
const FIRST = 4;

/** HubSpot left, Salesforce right, the arrow to the side that is written; there the old value is drawn through. */
export function ChangeLines({ changes }: { changes: readonly ShownChange[] }) {
  const t = useTranslations("jobs.changes");
  if (changes.length === 0) return null;
  return (
    <FoldedList items={changes} first={FIRST} moreLabel={(count) => t("more", { count })} lessLabel={t("less")}>
      {(change) => (
        <ChangeLine key={`${change.side} ${change.hubspotProperty} ${change.salesforceField}`} change={change} />
      )}
    </FoldedList>
  );
}

function ChangeLine({ change }: { change: ShownChange }) {
  const t = useTranslations("jobs.changes");
  const nameField = useFieldName();
  const toHubspot = change.side === "hubspot";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_32px_minmax(0,1fr)] items-center gap-2 px-2.5 py-1.5 text-xs">
      <End label={nameField(change.hubspotProperty, change.hubspotLabel)} change={change} isWritten={toHubspot} />
      <BridgeArrow
        className="w-8!"
        left={toHubspot ? "main" : "none"}
        right={toHubspot ? "none" : "main"}
        label={t("into", { side: change.side })}
      />
      <End label={nameField(change.salesforceField, change.salesforceLabel)} change={change} isWritten={!toHubspot} />
    </li>
  );
}

function End({ label, change, isWritten }: { label: string; change: ShownChange; isWritten: boolean }) {
  return (
    <div className="min-w-0">
      <p className="truncate text-ink-faint" title={label}>
        {label}
      </p>
      {isWritten ? (
        <p className="flex flex-wrap items-baseline gap-x-1.5">
          {change.before !== null && change.before !== "" && (
            <ValueText value={change.before} text={change.beforeText} className="text-ink-faint" struck />
          )}
          <ValueText value={change.after} text={change.afterText} className="font-medium text-ink" />
        </p>
      ) : (
        <ValueText value={change.after} text={change.afterText} className="text-ink-soft" />
      )}
    </div>
  );
}
